// What every page runs. Each part listens on the document, so content that htmx brings needs no set-up.
import * as bulk from './bulk.js';
import * as conditions from './conditions.js';
import * as drafts from './drafts.js';
import * as fields from './fields.js';
import * as keyboard from './keyboard.js';
import * as lines from './lines.js';
import * as network from './network.js';
import * as overlays from './overlays.js';
import * as print from './print.js';
import * as rows from './rows.js';
import * as submit from './submit.js';
import * as uploads from './uploads.js';

for (const part of [submit, conditions, drafts, fields, rows, uploads, overlays, keyboard, bulk, network, lines, print]) part.start();
