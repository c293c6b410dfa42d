/**
 * Puts the modules of the program and most of its packages together into a few files: opening and linking a thousand small
 * ones takes a process longer than all else it does to start. They are CommonJS, since only of such files Node 20 lets compiled code be
 * kept (pipeline/programs/launch.ts); each program is started by a file of its name.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** What is started as a process of its own, by the directory of dist/ in which it is and the name under which it is there. */
const programs = {
  program: {
    shuibao: 'cli/main.ts',
    'tile-processor': 'workers/tile-program.ts',
    'year-child': 'workers/owner/year-child.ts',
    'inspector-process': 'pipeline/formats/inspect/inspector-process.ts',
  },
  // Put together on their own: they would break the files of the program into smaller ones.
  benchmarks: {
    'annual-process': 'scripts/bench/annual-process.ts',
    'drive-process': 'scripts/bench/year/drive-process.ts',
    'overlay-process': 'scripts/bench/overlay-process.ts',
    'terrain-run-process': 'scripts/bench/terrain-run-process.ts',
  },
};

/** Left where they are: packages with machine code, with files of their own beside the code, or for servers alone. */
const packages = [
  '@electric-sql/pglite',
  '@resvg/resvg-js',
  'msgpackr-extract',
  'pg',
  'fastify',
  '@bull-board',
  'pino',
];
const isLeft = (id) => packages.some((name) => id === name || id.startsWith(`${name}/`));

/**
 * What others load at their start for functions nobody calls here, by what they must find in it: an XML library of gdal-async (a
 * sixth of a process's start), compressors of web fonts.
 */
const unused = new Map([
  ['xmlbuilder2', 'export const fragment = undefined;'],
  ['wawoff2', 'export {};'],
  ['woff2sfnt-sfnt2woff', 'export {};'],
]);

/** Modules look for files beside them and for packages around them: each keeps its own place, that of tsc's output. */
const ownPlaces = (output) => ({
  name: 'own-places',
  resolveId: (id) => (unused.has(id) ? { id: `\0${id}` } : null),
  load: (id) => unused.get(id.slice(1)) ?? null,
  transform(source, id) {
    // Code that was kept cannot import by itself: whoever loads the file does it for it.
    const code = source.replaceAll(/\bimport\((?!['"`])/g, '$import(');
    if (!/\bimport\.meta\.(url|dirname)\b|\b__(filename|dirname)\b/.test(code)) return { code, map: null };
    const home = id.includes(`${sep}node_modules${sep}`)
      ? id
      : join(root, 'dist', relative(root, id).replace(/\.ts$/, '.js'));
    const url = `new URL(${JSON.stringify(relative(output, home).split(sep).join('/'))}, $chunk)`;
    const path = `process.getBuiltinModule('node:url').fileURLToPath(${url})`;
    const placed = code
      .replaceAll(/\bimport\.meta\.url\b/g, `${url}.href`)
      .replaceAll(/\b__filename\b/g, path)
      .replaceAll(/\bimport\.meta\.dirname\b|\b__dirname\b/g, `process.getBuiltinModule('node:path').dirname(${path})`);
    // Line by line it is what it was.
    return { code: placed, map: null };
  },
});

/** What starts a program: the one file that Node loads as a module. */
const starter = (name) => `#!/usr/bin/env node
import { launch } from './launch.js';
const { default: program } = await launch(import.meta.url, '${name}');
export default program;
`;

async function write(input, plugins, options) {
  const bundled = await rolldown({ input, platform: 'node', external: isLeft, plugins, logLevel: 'warn' });
  const { output } = await bundled.write({
    sourcemap: true,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    ...options,
  });
  await bundled.close();
  for (const { fileName, code } of output)
    if (options.format === 'cjs' && /(?<![\w$.])import\(/.test(code ?? ''))
      throw new Error(`${fileName} imports by itself`);
}

/** Makes the programs from sources and packages. */
export async function bundle() {
  for (const [directory, sources] of Object.entries(programs)) {
    const output = join(root, 'dist', directory);
    mkdirSync(output, { recursive: true });
    const input = Object.fromEntries(Object.entries(sources).map(([name, path]) => [name, join(root, path)]));
    await write(input, [ownPlaces(output)], {
      dir: output,
      format: 'cjs',
      exports: 'named',
      dynamicImportInCjs: false,
      banner: "const $chunk = require('node:url').pathToFileURL(__filename);",
      entryFileNames: '[name].cjs',
      chunkFileNames: '[name].cjs',
    });
    await write({ launch: join(root, 'pipeline/programs/launch.ts') }, [], { dir: output, format: 'esm' });
    for (const name of Object.keys(sources)) writeFileSync(join(output, `${name}.js`), starter(name));
  }
}
