// Rows that can be added and taken away: members of a discussion, new evidence, questions and answers.
import { refreshConditions } from './conditions.js';
import { onContent } from './dom.js';
import { say } from './messages.js';

const MARK = /__row__/g;

function renumber(set) {
  [...set.children].forEach((row, index) => {
    const head = row.querySelector('[data-row-number]');
    if (head) head.textContent = say('rowNumber', { n: index + 1 });
  });
}

/** A new row from the template beside the set; `fill` maps a column's name to its value. */
export function addRow(field, fill = {}) {
  const set = field.querySelector('[data-rowset]');
  const template = field.querySelector('template[data-row-template]');
  const next = Number(set.dataset.next);
  set.dataset.next = next + 1;
  const holder = document.createElement('template');
  holder.innerHTML = template.innerHTML.replace(MARK, String(next));
  const row = holder.content.firstElementChild;
  set.append(row);
  for (const [name, value] of Object.entries(fill)) {
    const input = row.querySelector(`[name$="-${next}-${name}"]`);
    if (input?.type === 'radio') row.querySelector(`[name$="-${next}-${name}"][value="${CSS.escape(value)}"]`)?.click();
    else if (input) input.value = value;
  }
  renumber(set);
  refreshConditions(set);
  return row;
}

function onClick(event) {
  const add = event.target.closest('[data-add-row]');
  if (add) addRow(add.closest('[data-field]')).querySelector('input:not([type=hidden]), select, textarea')?.focus();
  event.target.closest('[data-remove-file]')?.closest('li').remove();
  const remove = event.target.closest('[data-remove-row]');
  if (!remove) return;
  const row = remove.closest('[data-rowset] > li');
  const set = row.parentElement;
  row.remove();
  renumber(set);
  set.dispatchEvent(new Event('input', { bubbles: true }));
}

export function start() {
  document.addEventListener('click', onClick);
  onContent((root) => { for (const set of root.querySelectorAll('[data-rowset]')) renumber(set); });
}
