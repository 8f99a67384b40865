// Keys: lists (j k Enter x c s), desks (j k to the next file), numbers for choices, / ? g-chords, Ctrl+Enter.
import { typing } from './dom.js';

const PLACES = { i: 'tasks', c: 'cases', l: 'leads', p: 'packs', s: 'supervision', a: 'people' };
const CHORD_TIME = 1200;
let chordUntil = 0;

const rows = () => [...document.querySelectorAll('tr[data-row], li[data-row]')].filter((row) => row.offsetParent);
const current = () => document.querySelector('[data-row].cur');

function move(step) {
  const link = document.querySelector(`a[data-key="${step > 0 ? 'j' : 'k'}"]`);
  if (link) return link.click();
  const all = rows();
  if (!all.length) return undefined;
  const at = all.indexOf(current());
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  current()?.classList.remove('cur');
  next.classList.add('cur');
  next.querySelector('a.main')?.focus({ preventScroll: true });
  return next.scrollIntoView({ block: 'nearest' });
}

function onRow(selector) {
  const target = current()?.querySelector(selector);
  target?.click();
  return Boolean(target);
}

function choose(number) {
  const focused = document.activeElement?.closest('[data-choices]');
  const sets = focused ? [focused] : [...document.querySelectorAll('[data-choices]')].filter((set) => set.offsetParent);
  const option = sets[0]?.querySelectorAll('input')[number - 1];
  if (!option || option.disabled) return false;
  option.focus();
  option.click();
  return true;
}

const PLAIN = {
  '/': () => { document.getElementById('search')?.focus(); return true; },
  '?': () => { document.getElementById('key-help')?.showModal(); return true; },
  j: () => { move(1); return true; },
  k: () => { move(-1); return true; },
  Enter: () => document.activeElement === document.body && onRow('a.main'),
  x: () => onRow('input.ck'),
  c: () => onRow('[data-key="c"]'),
  s: () => onRow('[data-key="s"]'),
  g: () => { chordUntil = Date.now() + CHORD_TIME; return true; },
};

function onChord(key) {
  chordUntil = 0;
  const link = document.querySelector(`[data-nav="${PLACES[key]}"]`);
  link?.click();
  return Boolean(link);
}

function submitFrom(target) {
  const form = target.closest?.('form[method="post"], form[hx-post]') ?? document.querySelector('form[data-main]');
  form?.requestSubmit(form.querySelector('[data-act]'));
  return Boolean(form);
}

function handle(event) {
  if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') return submitFrom(event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return false;
  if (document.querySelector('dialog[open]') || event.target.closest?.('.canvas, .bpmn-view')) return false;
  if (chordUntil > Date.now()) return onChord(event.key);
  if (/^[1-9]$/.test(event.key)) return choose(Number(event.key));
  return PLAIN[event.key]?.() ?? false;
}

export function start() {
  document.addEventListener('keydown', (event) => { if (handle(event)) event.preventDefault(); });
}
