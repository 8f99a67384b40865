// Ticked rows: the bar at the foot of a list, with a true count.
import { onContent } from './dom.js';

const ticked = () => [...document.querySelectorAll('[data-row] input.ck:checked')];

function refresh() {
  const bar = document.querySelector('[data-bulk]');
  if (!bar) return;
  const count = ticked().length;
  const label = bar.querySelector('[data-bulk-count]');
  bar.hidden = count === 0;
  label.textContent = label.dataset.text.replace('{n}', count);
}

export function start() {
  document.addEventListener('change', (event) => { if (event.target.closest('[data-row]')) refresh(); });
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-bulk-clear]')) return;
    for (const box of ticked()) box.checked = false;
    refresh();
  });
  onContent(refresh);
}
