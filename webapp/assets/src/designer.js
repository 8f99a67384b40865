// The drawing board of a draft: every change is saved with its revision, checked by the server, and what it
// found is shown in the list and on the canvas. Contract of the page: see templates/components/designer.html.
import { announce, icon, make } from './dom.js';
import { reason, sendJson } from './http.js';
import { english, say } from './messages.js';
import { shapeColours } from './shapes.js';

const PAUSE = 600;
const READABLE = 0.6;
const PALETTE = 120;
const MARKERS = ['bad', 'soon'];

const inWords = (text) => (typeof text === 'string' ? text : (text?.[english ? 'en' : 'zh'] ?? text?.zh ?? ''));
const readJson = (root, selector, otherwise) => JSON.parse(root.querySelector(selector)?.textContent ?? JSON.stringify(otherwise));

class Board {
  constructor(root) {
    this.root = root;
    this.rev = Number(root.dataset.rev);
    this.bindings = readJson(root, 'script[data-bindings]', {});
    this.findings = readJson(root, 'script[data-first-findings]', []);
    this.dirty = false;
    this.modeler = globalThis.BpmnModeler.create({
      canvas: root.querySelector('[data-canvas]'),
      panel: root.querySelector('[data-properties]'),
      bpmnRenderer: shapeColours(),
    });
  }

  async open() {
    const response = await fetch(this.root.dataset.xmlUrl, { credentials: 'same-origin' });
    await this.modeler.importXML(await response.text());
    this.modeler.on('commandStack.changed', () => this.changed());
    this.modeler.on('selection.changed', ({ newSelection }) => this.selected(newSelection[0]));
    this.showFindings();
    this.selected(null);
    this.listen();
    this.part('canvas').resized();
    this.settle();
    if (this.root.dataset.select) this.select(this.root.dataset.select);
    this.root.dataset.ready = '1';
  }

  part(name) { return this.modeler.get(name); }

  listen() {
    const on = (selector, act) => { for (const each of document.querySelectorAll(selector)) each.addEventListener('click', () => act(each)); };
    on('[data-save]', () => this.save());
    on('[data-export]', (button) => this.download(button.dataset.export));
    on('[data-undo]', () => this.part('commandStack').undo());
    on('[data-redo]', () => this.part('commandStack').redo());
    on('[data-zoom]', (button) => this.zoom(button.dataset.zoom));
    document.querySelector('[data-import]')?.addEventListener('change', (event) => this.load(event.target));
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return;
      event.preventDefault();
      this.save();
    });
    addEventListener('beforeunload', (event) => { if (this.dirty) event.preventDefault(); });
  }

  /** The start of the process at a size that can be read, clear of the palette. */
  settle() {
    const canvas = this.part('canvas');
    canvas.zoom('fit-viewport', 'auto');
    if (canvas.zoom() >= READABLE) return;
    const { inner } = canvas.viewbox();
    const { width, height } = canvas.getSize();
    canvas.viewbox({ x: inner.x - PALETTE / READABLE, y: inner.y - 24, width: width / READABLE, height: height / READABLE });
  }

  zoom(step) {
    const canvas = this.part('canvas');
    if (step === 'fit') canvas.zoom('fit-viewport', 'auto');
    else canvas.zoom(canvas.zoom() * (step === 'in' ? 1.2 : 1 / 1.2));
  }

  tell(glyph, text, kind = '') {
    const place = document.querySelector('[data-saved]');
    if (!place) return;
    place.className = `saved ${kind}`;
    place.replaceChildren(icon(glyph), text);
  }

  changed() {
    this.dirty = true;
    this.changedAt = performance.now();
    const [selected] = this.part('selection').get();
    if (selected) this.selected(selected);
    this.tell('edit', say('changed'));
    clearTimeout(this.timer);
    if (!this.stale) this.timer = setTimeout(() => this.save(), PAUSE);
  }

  async save() {
    if (this.stale || !this.root.dataset.saveUrl) return;
    clearTimeout(this.timer);
    if (this.saving) { this.again = true; return; }
    this.saving = true;
    this.dirty = false;
    this.tell('refresh', say('saving'));
    try {
      const { xml } = await this.modeler.saveXML({ format: true });
      await this.answered(await sendJson(this.root.dataset.saveUrl, { rev: this.rev, path: this.root.dataset.path, content: xml }));
    } catch {
      this.dirty = true;
      this.tell('offline', say('unsaved'), 'off');
      this.timer = setTimeout(() => this.save(), 10 * PAUSE);
    }
    this.saving = false;
    if (this.again) { this.again = false; this.save(); }
  }

  async answered(response) {
    if (response.status === 409) {
      this.stale = this.dirty = true;
      this.tell('warning', say('unsaved'), 'bad');
      const { difference = [] } = await response.json().catch(() => ({}));
      const lines = difference.length ? make('details', { class: 'more' }, make('summary', {}, say('differs')), make('pre', { class: 'diff' }, difference.join('\n'))) : null;
      announce('late', say('stale'), ...(lines ? [lines] : []));
      return;
    }
    if (!response.ok) {
      this.dirty = true;
      this.tell('warning', say('refused', { reason: await reason(response) }), 'bad');
      return;
    }
    const answer = await response.json();
    this.rev = answer.rev ?? this.rev;
    this.tell('check', say('saved', { time: answer.saved_at ?? '' }));
    if (!answer.findings) return;
    this.findings = answer.findings;
    this.bindings = answer.bindings ?? this.bindings;
    this.showFindings();
  }

  async load(input) {
    const [file] = input.files;
    input.value = '';
    if (!file) return;
    const before = (await this.modeler.saveXML()).xml;
    try {
      await this.modeler.importXML(await file.text());
      this.settle();
      this.changed();
    } catch (error) {
      announce('late', say('notXml', { reason: error.message }));
      await this.modeler.importXML(before);
    }
  }

  async download(kind) {
    const saved = kind === 'svg' ? (await this.modeler.saveSVG()).svg : (await this.modeler.saveXML({ format: true })).xml;
    const address = URL.createObjectURL(new Blob([saved], { type: kind === 'svg' ? 'image/svg+xml' : 'application/xml' }));
    make('a', { href: address, download: `${this.root.dataset.name ?? 'process'}.${kind === 'svg' ? 'svg' : 'bpmn'}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  /** Names of elements on the canvas, for paths and lists. */
  nameOf(id) {
    return this.part('elementRegistry').get(id)?.businessObject?.name || id;
  }

  showFindings() {
    const list = this.root.querySelector('[data-findings]');
    const errors = this.findings.filter((finding) => finding.severity === 'error');
    const others = this.findings.filter((finding) => finding.severity !== 'error');
    list.replaceChildren(...[...errors, ...others].map((finding) => this.row(finding)));
    this.root.querySelector('[data-finding-count]')?.replaceChildren(...this.counts(errors.length, others.length));
    const seconds = this.changedAt ? ((performance.now() - this.changedAt) / 1000).toFixed(1) : null;
    this.root.querySelector('[data-finding-time]')?.replaceChildren(seconds ? say('checked', { seconds }) : '');
    for (const button of document.querySelectorAll('[data-release]')) button.toggleAttribute('disabled', errors.length > 0);
    this.paint();
  }

  counts(errors, warnings) {
    if (!errors && !warnings) return [make('span', { class: 'ok-text' }, say('clean'))];
    const parts = [];
    if (errors) parts.push(make('span', { class: 'late-text b' }, say('errors', { n: errors })));
    if (warnings) parts.push(make('span', { class: 'soon-text m' }, say('warnings', { n: warnings })));
    return parts;
  }

  row(finding) {
    const bad = finding.severity === 'error';
    const path = finding.path ?? [];
    const body = make('div', {}, inWords(finding.message), ' ', make('span', { class: 'muted micro' }, finding.rule ?? ''));
    if (path.length > 1) body.append(this.pathLine(path));
    const elements = finding.element ? [finding.element] : path;
    const locate = elements.length ? make('button', { type: 'button', class: 'btn sm', onclick: () => this.locate(finding, item) }, say('locate')) : null;
    const item = make('li', { class: bad ? 'on' : '' }, make('span', { class: bad ? 'e' : 'w' }, icon(bad ? 'warning' : 'due-soon', false)), body, locate);
    return item;
  }

  pathLine(path) {
    const line = make('div', { class: 'pathline' });
    path.forEach((id, index) => {
      if (index) line.append(make('em', {}, '→'));
      const last = index === path.length - 1;
      line.append(make('button', { type: 'button', class: last ? 'x' : '', onclick: () => this.select(id) }, `${index + 1} ${this.nameOf(id)}`));
    });
    return line;
  }

  locate(finding, item) {
    for (const other of this.root.querySelectorAll('[data-findings] li.sel')) other.classList.remove('sel');
    item.classList.add('sel');
    this.paint(finding);
    this.select(finding.element ?? finding.path?.at(-1));
  }

  select(id) {
    const element = this.part('elementRegistry').get(id);
    if (!element) return;
    this.part('selection').select(element);
    this.part('canvas').scrollToElement(element, 60);
  }

  /** Every finding marks its element; the path of the chosen one, or of the first, carries numbers. */
  paint(chosen = this.findings.find((finding) => finding.path?.length > 1)) {
    const canvas = this.part('canvas');
    const registry = this.part('elementRegistry');
    this.part('overlays').remove({ type: 'finding' });
    for (const element of registry.getAll()) for (const marker of MARKERS) canvas.removeMarker(element, marker);
    for (const finding of this.findings) {
      if (registry.get(finding.element)) canvas.addMarker(finding.element, finding.severity === 'error' ? 'bad' : 'soon');
    }
    const path = (chosen?.path ?? []).filter((id) => registry.get(id));
    path.forEach((id, index) => {
      canvas.addMarker(id, 'bad');
      this.badge(id, index + 1);
      for (const flow of registry.get(id).outgoing ?? []) if (flow.target?.id === path[index + 1]) canvas.addMarker(flow, 'bad');
    });
    const plain = this.findings.filter((finding) => registry.get(finding.element) && !path.includes(finding.element));
    for (const finding of plain) this.badge(finding.element, '!', finding.severity === 'error' ? '' : 'w', inWords(finding.message));
  }

  badge(id, text, kind = '', title = '') {
    const element = this.part('elementRegistry').get(id);
    if (element.waypoints) return;
    this.part('overlays').add(id, 'finding', { position: { top: -11, left: -11 }, html: make('span', { class: `num ${kind}`, title }, String(text)) });
  }

  /** What the pack binds to the selected step: who, which form, which documents, which clock. */
  selected(element) {
    const place = this.root.querySelector('[data-binding]');
    if (!place) return;
    if (!element || !element.businessObject) {
      place.replaceChildren(make('p', { class: 'muted' }, say('nothingSelected')));
      return;
    }
    const bound = this.bindings[element.id];
    const title = make('h2', {}, element.businessObject.name || element.id);
    if (!bound) {
      const unbound = /(User|Manual|Script|Service|:)Task$/.test(element.type) ? make('p', { class: 'late-text' }, say('unbound')) : null;
      place.replaceChildren(title, ...[unbound, this.bindButton(element)].filter(Boolean));
      return;
    }
    const facts = make('dl', { class: 'kv small gap-2' });
    for (const [label, value] of bound.rows) facts.append(make('dt', {}, inWords(label)), make('dd', {}, inWords(value)));
    place.replaceChildren(title, facts, this.bindButton(element) ?? '');
  }

  /** The way to the binding of a user task; what was drawn is saved before the page is left. */
  bindButton(element) {
    const { stepUrl } = this.root.dataset;
    if (!stepUrl || !/(User|Manual|:)Task$/.test(element.type)) return null;
    const open = async () => {
      if (this.dirty) await this.save();
      if (!this.dirty) location.assign(stepUrl.replace('__id__', encodeURIComponent(element.id)));
    };
    return make('button', { type: 'button', class: 'btn gap-3', onclick: open }, icon('edit'), say('bind'));
  }
}

for (const root of document.querySelectorAll('[data-designer]')) new Board(root).open();
