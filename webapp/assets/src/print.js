// Printing: this page (data-print), or the document in a frame of it (data-print-frame="<id>").
function onClick(event) {
  const button = event.target.closest('[data-print], [data-print-frame]');
  if (!button) return;
  const frame = document.getElementById(button.dataset.printFrame ?? '');
  (frame?.contentWindow ?? window).print();
}

export function start() {
  document.addEventListener('click', onClick);
}
