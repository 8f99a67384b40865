// The bar that says that there is no network, and takes itself away.
export function start() {
  const bar = document.getElementById('offline');
  if (!bar) return;
  const refresh = () => { bar.hidden = navigator.onLine; };
  addEventListener('online', refresh);
  addEventListener('offline', refresh);
  refresh();
}
