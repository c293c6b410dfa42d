import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSeed, generateRegion } from '../../data-samples/generate-region.ts';
import { sampleYears } from '../../data-samples/region-content.ts';
import { checkRun } from '../../pipeline/inputs/check-run.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';

const samples = join(dirname(fileURLToPath(import.meta.url)), '../../data-samples');
const folder = mkdtempSync(join(tmpdir(), 'shuibao-sample-'));
beforeAll(async () => {
  await generateRegion(join(folder, 'region'), 320, defaultSeed);
  for (const year of sampleYears) copyFileSync(join(samples, `${year}.yaml`), join(folder, `${year}.yaml`));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each(sampleYears)('check of %i on a small region', (year) => {
  it('finds no errors, and of the planted trouble the gap and the coarse layers', async () => {
    const { findings } = await checkRun(await loadRunFile(join(folder, `${year}.yaml`)));
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const warnings = findings.filter(({ severity }) => severity === 'warning');
    expect(warnings.some(({ file, found }) => file.includes('elevation') && found.en.includes('hole'))).toBe(true);
    expect(findings.some(({ file, code }) => file.includes('daily-rain') && code === 'cell-size-differs')).toBe(true);
    expect(findings.some(({ file }) => /counties|townships|land-use|measures/.test(file))).toBe(false);
  });
});
