// What single fields do: count characters, filter a long pick list, say an amount again in groups of three.
import { onContent } from './dom.js';
import { english, say } from './messages.js';

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

/** An amount is kept in plain figures and said again beside the field as people read it. */
function echo(input) {
  const plain = input.value.replace(/[,，\s元]/g, '');
  const place = input.parentElement.querySelector('[data-echo]');
  if (!/^\d+(\.\d{1,2})?$/.test(plain)) { place.textContent = ''; return; }
  if (plain !== input.value) input.value = plain;
  const [whole, cents] = plain.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (cents === undefined ? '' : `.${cents}`);
  place.textContent = `${grouped} ${english ? 'yuan' : '元'}`;
}

/** One touch instead of typing: an amount that is offered goes into its field. */
function fill(input, value) {
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

export function start() {
  document.addEventListener('input', (event) => {
    if (event.target.dataset.most) count(event.target);
    if (event.target.dataset.narrow !== undefined) narrow(event.target);
  });
  document.addEventListener('change', (event) => { if (event.target.dataset.money !== undefined) echo(event.target); });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-fill]');
    if (button) fill(document.getElementById(button.dataset.fill), button.dataset.value);
  });
  onContent((root) => { for (const input of root.querySelectorAll('[data-money]')) echo(input); });
}
