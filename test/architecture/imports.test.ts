import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../workers/support/engine.ts';

const folders = ['models', 'pipeline', 'workers', 'cli'] as const;

/** Folders that each folder may import, itself included. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  models: ['models'],
  pipeline: ['models', 'pipeline'],
  workers: ['models', 'pipeline', 'workers'],
  cli: ['models', 'pipeline', 'workers', 'cli'],
  'data-samples': ['models', 'pipeline', 'data-samples'],
};

/** Packages that only one folder may know. */
const keptBehind: Readonly<Record<string, string>> = {
  'gdal-async': 'pipeline/formats/',
  geotiff: 'pipeline/formats/',
  proj4: 'pipeline/formats/',
  bullmq: 'workers/',
  ioredis: 'workers/',
  '@electric-sql/pglite': 'workers/',
  commander: 'cli/',
  s3mini: 'pipeline/store/s3/',
  kysely: 'pipeline/catalog/',
};

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const importLine =
  /^\s*(?:import|export)\b[^;]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

function sourcesIn(folder: string): Source[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name));
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: [...text.matchAll(importLine)].map(([, a, b, c]) => (a ?? b ?? c)!) };
    });
}

const sources = [...folders, 'data-samples'].flatMap(sourcesIn);
const target = ({ path }: Source, specifier: string) => relative(root, join(root, dirname(path), specifier));
const isLocal = (specifier: string) => specifier.startsWith('.');

describe('imports', () => {
  it('are found at all', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(sources.flatMap(({ imports }) => imports).length).toBeGreaterThan(500);
  });

  it('run one way between the folders', () => {
    const wrong = sources.flatMap((source) => {
      const allowed = mayImport[source.path.split('/')[0]!]!;
      return source.imports
        .filter(isLocal)
        .map((specifier) => target(source, specifier))
        .filter((to) => !allowed.includes(to.split('/')[0]!))
        .map((to) => `${source.path} → ${to}`);
    });
    expect(wrong).toEqual([]);
  });

  it('form no cycle', () => {
    const edges = new Map(
      sources.map((source) => [source.path, source.imports.filter(isLocal).map((each) => target(source, each))]),
    );
    const finished = new Set<string>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      else if (!finished.has(path)) {
        for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
        finished.add(path);
      }
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('keep each system behind one folder', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .map((specifier) => [specifier, keptBehind[specifier]] as const)
        .filter(([, home]) => home !== undefined && !path.startsWith(home))
        .map(([specifier]) => `${path} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of models/grid stay in models/grid', () => {
    const wrong = sources
      .filter(({ path }) => path.startsWith('models/grid/'))
      .flatMap((source) => source.imports.map((specifier) => target(source, specifier)))
      .filter((to) => !to.startsWith('models/grid/'));
    expect(wrong).toEqual([]);
  });
});

describe('models', () => {
  const models = sources.filter(
    ({ path }) => path.startsWith('models/') && !path.startsWith('models/kernels/assembly/'),
  );

  it('import no package and nothing of Node', () => {
    expect(
      models.flatMap(({ path, imports }) => imports.filter((each) => !isLocal(each)).map((each) => `${path} ${each}`)),
    ).toEqual([]);
  });

  it('know no clock, chance, file or log', () => {
    const impure =
      /\b(?:Date\.now|new Date|Math\.random|performance\.|console\.|process\.|globalThis|setTimeout|fetch)\b/;
    expect(
      models
        .filter(({ text }) => impure.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});
