// A form goes out once: the second press waits for the first answer. htmx carries CSRF and the idempotency key.
import { announce } from './dom.js';
import { csrf } from './http.js';
import { say } from './messages.js';
import { sessionEnded } from './session.js';

const RELEASE = 15000;

function release(form) {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll('[aria-busy]')) button.removeAttribute('aria-busy');
}

function onSubmit(event) {
  const form = event.target;
  if (form.method !== 'post' && !form.hasAttribute('hx-post')) return;
  if (event.submitter?.formTarget === '_blank') return; // a look in another tab, not the act
  if (form.dataset.busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.dataset.busy = '1';
  event.submitter?.setAttribute('aria-busy', 'true');
  setTimeout(() => release(form), RELEASE);
}

function onRequest(event) {
  const { ctx } = event.detail;
  Object.assign(ctx.request.headers, csrf());
  const key = ctx.request.form?.querySelector('[name="_key"]')?.value;
  if (key) ctx.request.headers['Idempotency-Key'] = key;
}

function onResponse(event) {
  const { ctx } = event.detail;
  if (ctx.response.status !== 401) return;
  event.preventDefault();
  sessionEnded();
}

function done(event) {
  const form = event.detail.ctx.sourceElement?.closest?.('form');
  if (form) release(form);
}

/** A refusal takes the focus, so that it is read first. */
export function focusRefusal() {
  document.querySelector('[data-focus]')?.focus();
}

export function start() {
  document.addEventListener('submit', onSubmit, true);
  document.addEventListener('htmx:config:request', onRequest);
  document.addEventListener('htmx:before:response', onResponse);
  document.addEventListener('htmx:finally:request', done);
  document.addEventListener('htmx:after:swap', focusRefusal);
  document.addEventListener('htmx:error', (event) => {
    if (event.detail.error) announce('late', say(navigator.onLine ? 'failed' : 'offline'));
  });
  addEventListener('pageshow', () => { for (const form of document.querySelectorAll('form[data-busy]')) release(form); });
  focusRefusal();
}
