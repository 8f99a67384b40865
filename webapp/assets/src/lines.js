// A text with line numbers: the numbers follow the text as it grows and scrolls; Tab indents, Shift+Tab goes on.
import { onContent } from './dom.js';

const INDENT = '  ';

function number(area) {
  const gutter = area.parentElement.querySelector('[data-numbers]');
  const count = area.value.split('\n').length;
  if (!gutter || Number(gutter.dataset.count) === count) return;
  gutter.dataset.count = count;
  gutter.textContent = Array.from({ length: count }, (_each, index) => index + 1).join('\n');
}

function onKey(event) {
  if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey || event.altKey) return;
  const area = event.target;
  event.preventDefault();
  area.setRangeText(INDENT, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

function enhance(area) {
  area.dataset.lined = '1';
  const gutter = area.parentElement.querySelector('[data-numbers]');
  area.addEventListener('input', () => number(area));
  area.addEventListener('scroll', () => { if (gutter) gutter.scrollTop = area.scrollTop; });
  area.addEventListener('keydown', onKey);
  number(area);
}

export function start() {
  onContent((root) => { for (const area of root.querySelectorAll('textarea[data-lines]:not([data-lined])')) enhance(area); });
}
