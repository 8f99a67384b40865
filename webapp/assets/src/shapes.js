// How bpmn.io draws in our page.

/** Colours come from the tokens, so that both themes hold. */
export function shapeColours() {
  const style = getComputedStyle(document.documentElement);
  const token = (name) => style.getPropertyValue(name).trim();
  return { defaultFillColor: token('--surface'), defaultStrokeColor: token('--ink-3'), defaultLabelColor: token('--ink') };
}
