// Drafts saved as one types. What cannot reach the server stays in this tab and is offered again.
import { announce, icon, make, onContent } from './dom.js';
import { refreshConditions } from './conditions.js';
import { send } from './http.js';
import { say } from './messages.js';

const PAUSE = 1200;
const AGAIN = 10000;
// What the page adds itself, and a password typed to sign, are nobody's draft.
const skipped = (name) => name === 'csrf_token' || name.startsWith('_');
const timers = new WeakMap();
const key = (url) => `draft:${url}`;

function entries(form) {
  return [...new FormData(form)].filter(([name, value]) => !skipped(name) && typeof value === 'string');
}

function tell(form, glyph, text, kind = '') {
  const place = form.querySelector('[data-saved]');
  if (!place) return;
  place.className = `saved ${kind}`;
  place.replaceChildren(icon(glyph), text);
}

function keep(form, sent = false) {
  try {
    sessionStorage.setItem(key(form.dataset.draftUrl), JSON.stringify({ sent, entries: entries(form) }));
  } catch { /* a full or forbidden store must not stop the typing */ }
}

async function save(form) {
  timers.delete(form);
  const url = form.dataset.draftUrl;
  // On the pavement nothing waits for a net: what is typed stays on the device until it is sent.
  if ('keepHere' in form.dataset) { keep(form); tell(form, 'check', say('here')); return; }
  tell(form, 'refresh', say('saving'));
  try {
    const response = await send(url, { body: new URLSearchParams(entries(form)) });
    if (!response.ok) throw new Error(String(response.status));
    const { saved_at: time } = await response.json();
    sessionStorage.removeItem(key(url));
    tell(form, 'check', say('saved', { time }));
  } catch {
    keep(form);
    tell(form, 'offline', say('kept'), 'off');
    schedule(form, AGAIN);
  }
}

function schedule(form, pause = PAUSE) {
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => { if (form.isConnected && !form.dataset.busy) save(form); }, pause));
}

function putBack(form, kept) {
  for (const input of form.querySelectorAll('input:is([type=checkbox],[type=radio])')) {
    if (!skipped(input.name)) input.checked = kept.some(([name, value]) => name === input.name && value === input.value);
  }
  for (const [name, value] of kept) {
    const input = form.elements.namedItem(name);
    if (input && !(input instanceof RadioNodeList) && !['checkbox', 'radio', 'hidden'].includes(input.type)) input.value = value;
  }
  refreshConditions(form.firstElementChild ?? form);
  schedule(form, 0);
}

function differs(form, kept) {
  const now = new Set(entries(form).map((entry) => entry.join('\u0000')));
  return kept.some((entry) => entry[1] && !now.has(entry.join('\u0000')));
}

function offer(form, kept) {
  const take = () => { putBack(form, kept); banner.remove(); };
  const drop = () => { sessionStorage.removeItem(key(form.dataset.draftUrl)); banner.remove(); };
  const banner = announce('info', say('found'),
    make('button', { type: 'button', class: 'btn sm', onclick: take }, say('restore')), ' ',
    make('button', { type: 'button', class: 'btn quiet sm', onclick: drop }, say('discard')));
}

function enhance(root) {
  for (const form of root.querySelectorAll('form[data-draft-url]:not([data-draft-on])')) {
    form.dataset.draftOn = '1';
    const kept = JSON.parse(sessionStorage.getItem(key(form.dataset.draftUrl)) ?? 'null');
    if (kept && differs(form, kept.entries)) offer(form, kept.entries);
  }
  forgetSent();
}

/** Copies made while submitting go once a page after it has come and the form is no longer there. */
function forgetSent() {
  if (!document.querySelector('.app')) return;
  const here = new Set([...document.querySelectorAll('form[data-draft-url]')].map((form) => key(form.dataset.draftUrl)));
  for (const name of Object.keys(sessionStorage).filter((each) => each.startsWith('draft:') && !here.has(each))) {
    if (JSON.parse(sessionStorage.getItem(name)).sent) sessionStorage.removeItem(name);
  }
}

function unsaved() {
  return [...document.querySelectorAll('form[data-draft-url]')].filter((form) => timers.has(form));
}

export function start() {
  onContent(enhance);
  document.addEventListener('input', (event) => {
    const form = event.target.closest?.('form[data-draft-url]');
    if (form) schedule(form);
  });
  document.addEventListener('submit', (event) => {
    if (!event.target.dataset.draftUrl || event.submitter?.formTarget === '_blank') return;
    clearTimeout(timers.get(event.target));
    timers.delete(event.target);
    keep(event.target, true);
  }, true);
  document.addEventListener('session:ended', () => { for (const form of document.querySelectorAll('form[data-draft-url]')) keep(form); });
  // The next desk takes the place of this one without a page load: what was typed goes out first.
  document.addEventListener('htmx:before:swap', () => {
    for (const form of unsaved()) { clearTimeout(timers.get(form)); save(form); }
  });
  addEventListener('pagehide', () => { for (const form of unsaved()) keep(form); });
  addEventListener('online', () => { for (const form of unsaved()) schedule(form, 0); });
}
