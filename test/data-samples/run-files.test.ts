import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { regionFiles } from '../../data-samples/files/region-files.ts';
import { makeRegion, sampleYears } from '../../data-samples/region-content.ts';
import { declaredInputs } from '../../pipeline/inputs/declared-inputs.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../data-samples');
const made = new Set(regionFiles(makeRegion(240, 3)).map(({ path }) => `region/${path}`));

describe.each(sampleYears)('run file of %i', (year) => {
  it('is accepted, names its year and only files that the generator makes', async () => {
    const loaded = await loadRunFile(join(samples, `${year}.yaml`));
    expect(loaded.run.year).toBe(year);
    const { inputs } = declaredInputs(loaded);
    expect(inputs.length).toBeGreaterThan(14);
    for (const input of inputs) expect(made).toContain(relative(samples, input.file).replaceAll('\\', '/'));
    for (const input of inputs) expect(input.file).not.toMatch(new RegExp(year === 2023 ? '2024' : '2023'));
  });

  it('keeps results and work where git does not look', async () => {
    const loaded = await loadRunFile(join(samples, `${year}.yaml`));
    expect(relative(samples, loaded.resolve(loaded.run.results!))).toBe(join('results', String(year)));
    expect(relative(samples, loaded.resolve(loaded.run.workspace))).toBe(join('..', '.shuibao'));
  });
});

it('has a README that names every file the generator makes', () => {
  const readme = readFileSync(join(samples, 'README.md'), 'utf8');
  const companions = /\.(shx|dbf|prj|cpg)$/;
  const names = [...made].filter((path) => !companions.test(path)).map((path) => path.split('/').at(-1)!);
  // Of a pair of years the second is named by its end.
  const named = (name: string) => readme.includes(name) || readme.includes(name.replace(/^.*(-2024\.tif)$/, '…$1'));
  expect(names.filter((name) => !named(name))).toEqual([]);
});
