// Builds every committed bundle from the sources in this folder. Same input, same bytes.
// Run through build.py, which provides Node and the locked packages.
import { build } from 'esbuild';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, '..', 'static');
const modules = join(here, 'node_modules');
const target = ['chrome100', 'edge100', 'firefox102', 'safari15.4'];
const common = { bundle: true, minify: true, target, charset: 'utf8', legalComments: 'none', logLevel: 'warning' };

/** Our own style sheet and page scripts. */
async function own() {
  await build({ ...common, entryPoints: [join(here, 'css/app.css')], outfile: join(out, 'css/app.css') });
  await build({
    ...common,
    entryPoints: ['app', 'diagram', 'designer'].map((name) => join(here, 'src', `${name}.js`)),
    outdir: join(out, 'js'),
    format: 'iife',
  });
  // The public site has one small sheet of its own, written as it is served.
  await cp(join(here, 'css/public-site.css'), join(out, 'css/public-site.css'));
}

/** Other people's programs, each as one file that sets one global. */
async function vendored() {
  await cp(join(modules, 'htmx.org/dist/htmx.min.js'), join(out, 'vendor/htmx.min.js'));
  const viewer = { ...common, format: 'iife', define: { 'process.env.NODE_ENV': '"production"' } };
  await build({ ...viewer, entryPoints: [join(here, 'vendor/bpmn-viewer.js')], outfile: join(out, 'vendor/bpmn-viewer.js') });
  await build({ ...viewer, entryPoints: [join(here, 'vendor/bpmn-modeler.js')], outfile: join(out, 'vendor/bpmn-modeler.js') });
  const sheets = { ...common, loader: { '.woff': 'file', '.woff2': 'file', '.ttf': 'empty', '.eot': 'empty', '.svg': 'empty', '.otf': 'empty' }, assetNames: 'fonts/[name]' };
  for (const name of ['bpmn-viewer', 'bpmn-modeler']) {
    await build({ ...sheets, entryPoints: [join(here, 'vendor', `${name}.css`)], outfile: join(out, 'vendor', `${name}.css`) });
  }
}

/** The icons we use, as one sprite: Tabler's (MIT) under our own names, and the few of our own. */
async function icons() {
  const { tabler, own: drawn } = JSON.parse(await readFile(join(here, 'icons.json'), 'utf8'));
  const symbols = [];
  for (const [name, source] of Object.entries(tabler)) {
    const svg = await readFile(join(modules, '@tabler/icons/icons/outline', `${source}.svg`), 'utf8');
    const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '').replace(/<path stroke="none"[^>]*\/>/g, '');
    symbols.push([name, shapes.replace(/\s*\n\s*/g, '').replace(/ \/>/g, '/>')]);
  }
  symbols.push(...Object.entries(drawn));
  symbols.sort(([a], [b]) => (a < b ? -1 : 1));
  const body = symbols.map(([name, shapes]) => `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`).join('\n');
  await writeFile(join(out, 'icons.svg'), `<svg xmlns="http://www.w3.org/2000/svg">\n${body}\n</svg>\n`);
}

/** One text with the licence of every package whose code is in static/vendor or the sprite. */
async function licences() {
  const lock = JSON.parse(await readFile(join(here, 'package-lock.json'), 'utf8'));
  const skipped = /(^|\/)(@esbuild\/|esbuild$)/;
  const chapters = [];
  for (const path of Object.keys(lock.packages).filter((key) => key && !skipped.test(key)).sort()) {
    const folder = join(here, path);
    const meta = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).filter((name) => /^licen[cs]e/i.test(name)).sort()[0];
    const text = file ? (await readFile(join(folder, file), 'utf8')).trim() : `${meta.license} (no licence file in the package)`;
    chapters.push(`${meta.name} ${meta.version} (${meta.license})\n${'-'.repeat(60)}\n${text.replace(/\r/g, '')}\n`);
  }
  const head = 'The files in this folder are vendored: built from the packages below by webapp/assets, never edited by hand.\n';
  await writeFile(join(out, 'vendor/LICENSES.txt'), `${head}\n${chapters.join('\n\n')}`);
}

for (const folder of ['vendor', 'js', 'css']) {
  await rm(join(out, folder), { recursive: true, force: true });
  await mkdir(join(out, folder), { recursive: true });
}
await own();
await vendored();
await icons();
await licences();
