// One way to the server for scripts: same origin, CSRF header, and a word when the session has ended.
import { sessionEnded } from './session.js';

const token = () => document.querySelector('meta[name="csrf-token"]')?.content ?? '';

/** The headers that every request which changes something carries. */
export const csrf = () => ({ 'X-CSRFToken': token() });

/** fetch with CSRF; a 401 opens the sign-in dialog and still returns the response. */
export async function send(url, { method = 'POST', headers = {}, body, signal } = {}) {
  const response = await fetch(url, {
    method, body, signal, credentials: 'same-origin',
    headers: { Accept: 'application/json', ...csrf(), ...headers },
  });
  if (response.status === 401) sessionEnded();
  return response;
}

/** send() of a JSON body. */
export function sendJson(url, value, options = {}) {
  const headers = { 'Content-Type': 'application/json', ...options.headers };
  return send(url, { ...options, headers, body: JSON.stringify(value) });
}

/** What a problem answer says, in words: its first error, its detail or its title. */
export async function reason(response) {
  try {
    const problem = await response.json();
    return problem.errors?.[0]?.message ?? problem.detail ?? problem.message ?? problem.title ?? String(response.status);
  } catch {
    return String(response.status);
  }
}
