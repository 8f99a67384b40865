// The editor of bpmn.io with its properties panel, speaking the page's language, as one global.
import Modeler from 'bpmn-js/lib/Modeler';
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from 'bpmn-js-properties-panel';
import community from 'bpmn-js-i18n/translations/zn.js';
import ours from './zh.js';

const words = { ...community, ...ours };

function translate(template, values = {}) {
  const text = document.documentElement.lang.startsWith('zh') ? (words[template] ?? template) : template;
  return text.replace(/\{([^}]+)\}/g, (whole, name) => values[name] ?? whole);
}

export function createModeler({ canvas, panel, ...rest }) {
  return new Modeler({
    container: canvas,
    propertiesPanel: { parent: panel },
    additionalModules: [BpmnPropertiesPanelModule, BpmnPropertiesProviderModule, { translate: ['value', translate] }],
    ...rest,
  });
}

globalThis.BpmnModeler = { create: createModeler };
