// Files go up in pieces and go on after a broken connection or a reload: POST announces the file,
// PATCH sends a piece at an offset, GET asks how far it came, finish returns the SHA-256 the server computed.
import { icon, make } from './dom.js';
import { reason, send, sendJson } from './http.js';
import { fileSize, say } from './messages.js';
import { addRow } from './rows.js';

const CHUNK = 4 * 1024 * 1024;
const PAUSES = [1000, 2000, 5000, 10000, 20000];
const remembered = (file) => `upload:${file.name}:${file.size}:${file.lastModified}`;

class Refused extends Error {}

async function answer(response) {
  if (response.ok) return response.json();
  if (response.status >= 500 || response.status === 408 || response.status === 429) throw new TypeError('later');
  throw new Refused(await reason(response));
}

async function begin(zone, file) {
  const base = zone.dataset.uploadUrl;
  const known = localStorage.getItem(remembered(file));
  if (known) {
    const response = await fetch(`${base}/${known}`, { credentials: 'same-origin', headers: { Accept: 'application/json' } });
    if (response.ok) return { id: known, ...(await response.json()) };
    localStorage.removeItem(remembered(file));
  }
  const extra = JSON.parse(zone.dataset.uploadExtra ?? '{}');
  const started = await answer(await sendJson(base, { ...extra, name: file.name, size: file.size, type: file.type }));
  localStorage.setItem(remembered(file), started.id);
  return started;
}

async function sendPieces(url, file, state, line) {
  while (state.offset < file.size) {
    const piece = file.slice(state.offset, state.offset + (state.chunk ?? CHUNK));
    const headers = { 'Upload-Offset': String(state.offset), 'Content-Type': 'application/offset+octet-stream' };
    const response = await send(url, { method: 'PATCH', headers, body: piece, signal: line.signal });
    state.offset = (await answer(response)).offset;
    line.progress(state.offset);
  }
}

/** The whole way of one file; a broken connection waits and asks where to go on. */
async function transfer(zone, file, line) {
  for (let tries = 0; ; tries += 1) {
    try {
      const state = await begin(zone, file);
      const url = `${zone.dataset.uploadUrl}/${state.id}`;
      line.progress(state.offset ?? 0);
      await sendPieces(url, file, { chunk: state.chunk, offset: state.offset ?? 0 }, line);
      line.say(say('hashing'));
      const done = await answer(await sendJson(`${url}/finish`, {}));
      localStorage.removeItem(remembered(file));
      return done;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      line.say(say('waiting'));
      await new Promise((resolve) => { setTimeout(resolve, PAUSES[Math.min(tries, PAUSES.length - 1)]); });
    }
  }
}

function newLine(zone, file) {
  const stop = new AbortController();
  const status = make('span', { class: 'st', role: 'status' });
  const bar = make('progress', { max: Math.max(file.size, 1), value: 0, 'aria-label': file.name });
  const cancel = make('button', { type: 'button', class: 'btn quiet sm', onclick: () => { stop.abort(); item.remove(); } }, say('stop'));
  const item = make('li', {}, make('span', {}, icon('file'), ' ', file.name), cancel, status, bar);
  zone.querySelector('.uplist').append(item);
  return {
    item, signal: stop.signal,
    say: (text) => { status.textContent = text; },
    progress(done) {
      bar.value = done;
      status.textContent = say('uploading', { done: fileSize(done), total: fileSize(file.size) });
    },
    finish(kind, text) {
      bar.remove();
      cancel.replaceChildren(icon('remove'), make('span', { class: 'vh' }, say('stop')));
      item.classList.add(kind);
      status.textContent = text;
    },
  };
}

function kindOf(file) {
  if (file.type.startsWith('video/') || file.type.startsWith('audio/')) return 'audio_visual';
  return file.type.startsWith('image/') ? 'physical' : 'documentary';
}

/** Where the finished file goes: into a new row of evidence, or into the field's own hidden value. */
function deliver(zone, file, done, line) {
  const field = zone.closest('[data-field]');
  if (zone.dataset.rows) {
    const guess = zone.dataset.kinds ? { kind: JSON.parse(zone.dataset.kinds)[kindOf(file)] } : {};
    const row = addRow(field, { ...guess, name: file.name.replace(/\.[^.]+$/, ''), file: done.id });
    row.querySelector('[data-file-note]')?.replaceChildren(file.name, make('span', { class: 'hash' }, ` SHA-256 ${done.sha256}`));
    line.item.remove();
  } else {
    const input = make('input', { type: 'hidden', name: zone.dataset.name, value: done.id });
    if (!zone.dataset.multiple) for (const old of zone.querySelectorAll(`input[type=hidden]`)) old.closest('li')?.remove();
    line.item.append(input);
  }
  zone.dispatchEvent(new Event('input', { bubbles: true }));
}

async function take(zone, file) {
  const line = newLine(zone, file);
  const limit = Number(zone.dataset.limit ?? 0);
  if (limit && file.size > limit) {
    line.finish('bad', say('refused', { reason: say('tooBig', { limit: fileSize(limit) }) }));
    return;
  }
  try {
    const done = await transfer(zone, file, line);
    line.finish('ok', say('uploaded', { hash: done.sha256 }));
    deliver(zone, file, done, line);
  } catch (error) {
    if (error.name !== 'AbortError') line.finish('bad', say('refused', { reason: error.message }));
  }
}

function takeAll(zone, files) {
  // One after another: a phone's uplink is one road.
  return [...files].reduce((before, file) => before.then(() => take(zone, file)), Promise.resolve());
}

export function start() {
  document.addEventListener('change', (event) => {
    const zone = event.target.type === 'file' && event.target.closest('[data-upload-url]');
    if (!zone) return;
    const files = [...event.target.files];
    event.target.value = '';
    takeAll(zone, files);
  });
  for (const kind of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(kind, (event) => {
      const zone = event.target.closest?.('[data-upload-url]');
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle('over', kind === 'dragover');
      if (kind === 'drop') takeAll(zone, event.dataTransfer.files);
    });
  }
}
