// What single fields do: count characters, filter a long pick list, group the thousands of an amount.
import { onContent } from './dom.js';
import { say } from './messages.js';

function count(area) {
  const place = area.parentElement.querySelector('[data-count]');
  const most = Number(area.dataset.most);
  const left = most - [...area.value].length;
  if (!place) return;
  place.textContent = left < 0 ? say('over', { n: -left }) : left <= most / 5 ? say('left', { n: left }) : '';
  place.classList.toggle('over', left < 0);
}

function narrow(box) {
  const wanted = box.value.trim().toLowerCase();
  for (const item of box.closest('[data-field]').querySelectorAll('.pick li')) {
    item.hidden = Boolean(wanted) && !item.textContent.toLowerCase().includes(wanted) && !item.querySelector(':checked');
  }
}

function group(input) {
  const plain = input.value.replace(/[,，\s元]/g, '');
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) return;
  const [whole, cents] = plain.split('.');
  input.value = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (cents === undefined ? '' : `.${cents}`);
}

export function start() {
  document.addEventListener('input', (event) => {
    if (event.target.dataset.most) count(event.target);
    if (event.target.dataset.narrow !== undefined) narrow(event.target);
  });
  document.addEventListener('change', (event) => { if (event.target.dataset.money !== undefined) group(event.target); });
  onContent((root) => { for (const input of root.querySelectorAll('[data-money]')) group(input); });
}
