// The session has ended while the page was open: say so, keep what was typed, offer the way back.
import { make } from './dom.js';
import { say } from './messages.js';

let open = false;

export function sessionEnded() {
  if (open || !document.querySelector('.app')) return;
  open = true;
  const back = encodeURIComponent(location.pathname + location.search);
  const address = `${document.body.dataset.signIn ?? '/sign-in'}?next=${back}`;
  const dialog = make('dialog', { class: 'sheet', 'aria-labelledby': 'ended-t' },
    make('header', {}, make('h2', { id: 'ended-t' }, say('expired'))),
    make('div', { class: 'pad' }, make('p', {}, say('expiredText'))),
    make('div', { class: 'dlgfoot' },
      make('button', { type: 'button', class: 'btn', onclick: () => dialog.close() }, say('stay')),
      make('a', { class: 'btn pri', href: address }, say('signIn'))));
  dialog.addEventListener('close', () => { open = false; dialog.remove(); });
  document.body.append(dialog);
  document.dispatchEvent(new CustomEvent('session:ended'));
  dialog.showModal();
}
