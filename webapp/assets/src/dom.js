// Small pieces of page made by scripts. Never innerHTML: what comes from outside stays text.

/** An element with attributes and children; strings become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/** One shape of the page's icon sprite. */
export function icon(name, small = true) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const sprite = document.querySelector('svg.i use')?.getAttribute('href')?.split('#')[0] ?? '/static/icons.svg';
  const use = document.createElementNS(space, 'use');
  svg.setAttribute('class', small ? 'i i-s' : 'i');
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `${sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** Say something in the page's message region; errors are announced at once. */
export function announce(kind, text, ...more) {
  const region = document.getElementById('messages');
  const glyph = kind === 'ok' ? 'check' : kind === 'late' ? 'warning' : 'info';
  const role = kind === 'late' ? 'alert' : 'status';
  const banner = make('div', { class: `banner ${kind}`, role }, icon(glyph, false), make('p', {}, text, ...more));
  region?.append(banner);
  return banner;
}

/** Run now and again after htmx has put new content into the page. */
export function onContent(enhance) {
  enhance(document);
  document.addEventListener('htmx:after:swap', () => enhance(document));
}

/** True while the keys a person types belong to a field. */
export function typing(target) {
  if (target.isContentEditable) return true;
  if (target.matches?.('input')) return !['radio', 'checkbox', 'button', 'submit', 'file', 'range'].includes(target.type);
  return Boolean(target.matches?.('textarea, select'));
}
