// Fields that show or become required by what others hold. The trees are workflows/forms/conditions.py's;
// both sides give one meaning to them, and the server decides.
import { onContent } from './dom.js';

const filled = (value) => value !== null && value !== undefined && value !== false && value !== '' && !(Array.isArray(value) && !value.length);

/** What a wrapper's inputs hold, typed as its data-type says: null, text, number, boolean or a list. */
function read(wrapper) {
  const inputs = [...wrapper.querySelectorAll('input[name], select[name], textarea[name]')];
  const type = wrapper.dataset.type;
  if (type === 'boolean') return Boolean(inputs.find((input) => input.type === 'checkbox')?.checked);
  if (type === 'choices' || type === 'persons') return inputs.filter((input) => input.checked).map((input) => input.value);
  const input = inputs.find((each) => each.type === 'radio') ? inputs.find((each) => each.checked) : inputs[0];
  const text = input?.value.trim() ?? '';
  if (!text) return null;
  return type === 'integer' || type === 'money' ? Number(text.replaceAll(',', '')) : text;
}

function lookup(root, scope, name) {
  const find = (path) => root.querySelector(`[data-field="${CSS.escape(path)}"]`);
  const wrapper = find(scope + name) ?? find(name);
  return !wrapper || wrapper.dataset.off ? null : read(wrapper);
}

/** The value of one node of a condition. */
export function evaluate(node, get) {
  if ('field' in node) return get(node.field);
  if ('value' in node) return node.value;
  if ('eq' in node) return evaluate(node.eq[0], get) === evaluate(node.eq[1], get);
  if ('in' in node) {
    const [item, list] = node.in.map((part) => evaluate(part, get));
    return Array.isArray(list) && list.includes(item);
  }
  if ('and' in node) return node.and.every((part) => filled(evaluate(part, get)));
  if ('or' in node) return node.or.some((part) => filled(evaluate(part, get)));
  return !filled(evaluate(node.not, get));
}

function show(wrapper, visible) {
  wrapper.hidden = !visible;
  if (visible) delete wrapper.dataset.off; else wrapper.dataset.off = '1';
  for (const input of wrapper.querySelectorAll('input, select, textarea')) {
    if (!input.dataset.fixed) input.disabled = Boolean(input.closest('[data-off]'));
  }
}

function refresh(form) {
  for (const wrapper of form.querySelectorAll('[data-show], [data-required]')) {
    const scope = wrapper.closest('[data-scope]')?.dataset.scope ?? '';
    const get = (name) => lookup(form, scope, name);
    if (wrapper.dataset.show) show(wrapper, filled(evaluate(JSON.parse(wrapper.dataset.show), get)));
    if (wrapper.dataset.required) {
      const needed = filled(evaluate(JSON.parse(wrapper.dataset.required), get));
      wrapper.querySelector('[data-optional]')?.toggleAttribute('hidden', needed);
    }
  }
  for (const group of form.querySelectorAll('fieldset.fieldgroup')) {
    group.hidden = !group.querySelector('[data-field]:not([hidden])');
  }
}

export function refreshConditions(element) {
  const form = element.closest('form');
  if (form) refresh(form);
}

export function start() {
  for (const kind of ['input', 'change']) document.addEventListener(kind, (event) => refreshConditions(event.target));
  onContent((root) => { for (const form of root.querySelectorAll('form')) refresh(form); });
}
