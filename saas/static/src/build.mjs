// Sources and node_modules -> saas/static/dist: hashed files and manifest.json.
// Run from anywhere: node saas/static/src/build.mjs
import { build } from 'esbuild';
import * as sass from 'sass';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const src = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(src, '../../..');
const out = path.resolve(src, '../dist');
const modules = path.join(root, 'node_modules');
const glyphs = path.join(modules, 'bootstrap-icons/icons');
const hash = (content) => createHash('sha256').update(content).digest('hex').slice(0, 10);

// Pictures written into the style sheet become files, so that the policy can stay img-src 'self'.
const unpackDataUris = (css) => css.replace(
  /url\(\s*(["'])data:image\/svg\+xml(?:;charset=utf-?8)?,([\s\S]*?)\1\s*\)/g,
  (_match, _quote, body) => {
    // decodeURIComponent would stumble over a bare per cent sign such as rgb(52.15%, ...)
    const svg = body.replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    const name = `svg-${hash(svg)}.svg`;
    writeFileSync(path.join(out, name), svg);
    return `url("./${name}")`;
  });

const compileSass = (file) => sass.compile(file, {
  loadPaths: [modules],
  quietDeps: true,
  silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
}).css;

const styles = {
  name: 'styles',
  setup(b) {
    b.onLoad({ filter: /\.scss$/ }, ({ path: file }) => ({
      contents: unpackDataUris(compileSass(file)), loader: 'css', resolveDir: path.dirname(file),
    }));
  },
};

const bundle = () => build({
  absWorkingDir: root,
  entryPoints: {
    app: path.join(src, 'app.scss'),
    portal: path.join(src, 'portal.js'),
    staff: path.join(src, 'staff.js'),
    designer: path.join(src, 'designer.js'),
  },
  bundle: true, splitting: true, format: 'esm', minify: true, metafile: true, charset: 'utf8',
  target: ['chrome90', 'firefox91', 'safari15'],
  outdir: out, entryNames: '[name]-[hash]', chunkNames: 'chunk-[hash]', assetNames: '[name]-[hash]',
  external: ['./svg-*.svg'], plugins: [styles], legalComments: 'linked', nodePaths: [modules],
});

const filesBelow = (folder, ending) => {
  const top = path.join(root, folder);
  if (!existsSync(top)) return [];
  return readdirSync(top, { recursive: true })
    .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
    .map((name) => path.join(top, name));
};

const namesIn = (files, pattern) =>
  files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) => match[1]));

// Names come from templates (icon('x')), from code and data (icon="x", icon: x) and from icons.json.
const iconNames = () => {
  const code = ['saas', 'tenants', 'blueprints'];
  const declared = [
    ...namesIn(filesBelow('templates', '.html'), /\bicon\(\s*['"]([a-z0-9-]+)['"]/g),
    ...JSON.parse(readFileSync(path.join(src, 'icons.json'), 'utf8')),
  ];
  const inData = [
    ...namesIn(code.flatMap((folder) => filesBelow(folder, '.py')), /\bicon\s*=\s*["']([a-z0-9-]+)["']/g),
    ...namesIn(code.flatMap((folder) => filesBelow(folder, '.yaml')), /\bicon:\s*["']?([a-z0-9-]+)/g),
  ].filter((name) => existsSync(path.join(glyphs, `${name}.svg`)));
  return [...new Set([...declared, ...inData])].sort();
};

const symbol = (name) => {
  const svg = readFileSync(path.join(glyphs, `${name}.svg`), 'utf8');
  const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace('</svg>', '').trim();
  return `<symbol id="${name}" viewBox="0 0 16 16">${shapes}</symbol>`;
};

const writeHashed = (manifest, name, content) => {
  const { name: stem, ext } = path.parse(name);
  manifest[name] = `${stem}-${hash(content)}${ext}`;
  writeFileSync(path.join(out, manifest[name]), content);
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const manifest = {};
const { metafile } = await bundle();
for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
  if (entryPoint) manifest[path.parse(entryPoint).name + path.extname(file)] = path.basename(file);
}
const icons = iconNames();
const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${icons.map(symbol).join('')}</svg>`;
writeHashed(manifest, 'icons.svg', sprite);
for (const name of ['favicon.svg', 'favicon.ico']) writeHashed(manifest, name, readFileSync(path.join(src, name)));
const sorted = JSON.stringify(manifest, Object.keys(manifest).sort(), 1);
writeFileSync(path.join(out, 'manifest.json'), `${sorted}\n`);
console.log(`${Object.keys(manifest).length} assets, ${icons.length} icons`);
