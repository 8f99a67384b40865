// The live diagram of a case, or a heat map: bpmn.io's viewer with our markers and numbers. The list beside
// it says the same in words; when drawing fails, the list is what remains.
import { make, onContent } from './dom.js';
import { say } from './messages.js';
import { shapeColours } from './shapes.js';

/** Mark what is done, where the case stands and what lies ahead; flows between two done steps are done. */
function mark(viewer, state) {
  const canvas = viewer.get('canvas');
  const elements = viewer.get('elementRegistry');
  const done = new Set(state.done ?? []);
  const current = new Set((state.current ?? []).map((item) => item.id));
  for (const element of elements.getAll()) {
    const { type, id } = element;
    if (/Lane$|Participant$|Process$|Collaboration$|TextAnnotation|Association/.test(type) || !element.businessObject) continue;
    if (/SequenceFlow$/.test(type)) {
      if (done.has(element.source?.id) && (done.has(element.target?.id) || current.has(element.target?.id))) canvas.addMarker(id, 'done');
    } else if (current.has(id)) canvas.addMarker(id, 'cur');
    else if (done.has(id)) canvas.addMarker(id, 'done');
    else if (done.size && !state.heat) canvas.addMarker(id, 'off');
  }
}

function number(viewer, state) {
  const overlays = viewer.get('overlays');
  for (const item of state.current ?? []) {
    const badge = make('span', { class: 'tok', title: item.why ?? '' }, String(item.number));
    try { overlays.add(item.id, { position: { top: -11, right: 11 }, html: badge }); } catch { /* the step is not in this drawing */ }
  }
}

function warm(viewer, state) {
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  for (const [id, heat] of Object.entries(state.heat ?? {})) {
    if (!viewer.get('elementRegistry').get(id)) continue;
    canvas.addMarker(id, 'heat');
    canvas.addMarker(id, `h${heat.level}`);
    overlays.add(id, { position: { bottom: 6, left: 0 }, html: make('span', { class: 'heatnote' }, heat.text) });
  }
}

const READABLE = 0.85;
const LEAST = 0.5;
const FARTHEST = 560;
const TALLEST = 420;

/** The whole drawing when its words stay readable; otherwise readable, with the waiting step in the middle. */
function fit(viewer, host, { whole = false } = {}) {
  const canvas = viewer.get('canvas');
  const { inner } = canvas.viewbox();
  const scale = Math.min(host.clientWidth / (inner.width + 24), 1);
  host.style.height = `${Math.round(Math.min(Math.max(inner.height * Math.max(scale, READABLE) + 48, 220), host.dataset.tall ? 900 : TALLEST))}px`;
  canvas.resized();
  canvas.zoom('fit-viewport', 'auto');
  if (!whole && canvas.zoom() < READABLE) centre(viewer, host, inner);
}

/** The waiting steps in the middle, with as much around them as stays readable; far apart, both still show. */
function centre(viewer, host, inner) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const marks = (viewer.caselane.current ?? []).map((item) => registry.get(item.id)).filter(Boolean);
  const spread = (from, extent) => (marks.length ? Math.max(...marks.map((m) => m[from] + m[extent])) - Math.min(...marks.map((m) => m[from])) + 60 : 1);
  let size = canvas.getSize();
  const scale = Math.max(LEAST, Math.min(READABLE, size.width / spread('x', 'width'), size.height / spread('y', 'height')));
  if (spread('y', 'height') * scale > size.height) {
    host.style.height = `${Math.round(Math.min(spread('y', 'height') * scale, FARTHEST))}px`;
    canvas.resized();
    size = canvas.getSize();
  }
  const [width, height] = [size.width / scale, size.height / scale];
  const middle = marks.length
    ? { x: mean(marks.map((mark) => mark.x + mark.width / 2)), y: mean(marks.map((mark) => mark.y + mark.height / 2)) }
    : { x: inner.x + width / 2 - 12, y: inner.y + Math.min(inner.height, height) / 2 };
  const hold = (value, low, high) => Math.max(low, Math.min(value, Math.max(low, high)));
  canvas.viewbox({
    x: hold(middle.x - width / 2, inner.x - 12, inner.x + inner.width + 12 - width),
    y: hold(middle.y - height / 2, inner.y - 12, inner.y + inner.height + 12 - height),
    width, height,
  });
}

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

async function draw(host) {
  const state = JSON.parse(host.querySelector('script[type="application/json"]')?.textContent ?? '{}');
  try {
    const response = await fetch(host.dataset.bpmn, { credentials: 'same-origin' });
    if (!response.ok) throw new Error(String(response.status));
    const xml = await response.text();
    const viewer = new globalThis.BpmnViewer({ container: host, bpmnRenderer: shapeColours() });
    viewer.caselane = state;
    await viewer.importXML(xml);
    mark(viewer, state);
    number(viewer, state);
    warm(viewer, state);
    fit(viewer, host);
    bindZoom(host, viewer);
    bindRows(viewer);
    host.querySelector('[data-bpmn-wait]')?.remove();
    host.dispatchEvent(new CustomEvent('diagram:drawn', { bubbles: true, detail: { viewer } }));
  } catch {
    host.querySelector('[data-bpmn-wait]')?.replaceChildren(say('drawFailed'));
  }
}

function bindZoom(host, viewer) {
  const canvas = viewer.get('canvas');
  const steps = { in: () => canvas.zoom(canvas.zoom() * 1.25), out: () => canvas.zoom(canvas.zoom() / 1.25), fit: () => fit(viewer, host, { whole: true }), here: () => fit(viewer, host) };
  for (const button of document.querySelectorAll(`[data-zoom-for="${host.id}"]`)) {
    button.addEventListener('click', () => steps[button.dataset.zoom]());
  }
}

/** A list that tells the same steps (`data-step`): a click on either shows the other. */
function bindRows(viewer) {
  const row = (id) => document.querySelector(`[data-step="${CSS.escape(id)}"]`);
  const mark = (id) => {
    for (const other of document.querySelectorAll('[data-step].sel')) other.classList.remove('sel');
    row(id)?.classList.add('sel');
  };
  viewer.get('eventBus').on('element.click', ({ element }) => {
    mark(element.id);
    row(element.id)?.scrollIntoView({ block: 'nearest' });
  });
  document.addEventListener('click', (event) => {
    const step = event.target.closest('[data-step]')?.dataset.step;
    const element = step && viewer.get('elementRegistry').get(step);
    if (!element) return;
    mark(step);
    viewer.get('canvas').scrollToElement(element, 120);
  });
}

onContent((root) => {
  for (const host of root.querySelectorAll('[data-bpmn]:not([data-drawn])')) {
    host.dataset.drawn = '1';
    draw(host);
  }
});
