// Menus (native <details>) and dialogs (native <dialog>): opening, closing, giving the focus back.

function closeMenus(except) {
  for (const menu of document.querySelectorAll('details.menu[open]')) if (menu !== except) menu.open = false;
}

function onClick(event) {
  closeMenus(event.target.closest('details.menu'));
  const opener = event.target.closest('[data-open]');
  if (opener) document.getElementById(opener.dataset.open)?.showModal();
  if (event.target.closest('[data-close]')) event.target.closest('dialog')?.close();
  const dialog = event.target.closest('dialog');
  if (dialog && event.target === dialog && !dialog.dataset.keep) dialog.close();
}

function onKey(event) {
  if (event.key !== 'Escape') return;
  const menu = document.querySelector('details.menu[open]');
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
}

export function start() {
  document.addEventListener('click', onClick);
  document.addEventListener('keydown', onKey);
}
