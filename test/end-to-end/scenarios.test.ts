import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { readTile } from '../../pipeline/formats/raster-read.ts';
import { ensureBuilt } from '../workers/support/engine.ts';
import { type SampleYear, sampleYear, shuibao } from './support/sample-year.ts';

interface Manifest {
  readonly scenarios: readonly { readonly id: string; readonly parameters: readonly { readonly id: string }[] }[];
  readonly outputs: readonly { readonly file: string; readonly sha256: string }[];
}

/** Settings under `inputs` and `parameters` that a scenario changes. */
const scenarios = {
  terraces: {
    inputs: {
      engineeringMeasures: { kind: 'polygons', file: 'region/more-measures.geojson', field: 'CSDM' },
      understoreyCover: { file: 'region/cover/vegetation-cover-2024.tif', band: 12 },
    },
    parameters: { engineeringPractice: { '020101': 0.05 } },
  },
  downhill: {
    inputs: {},
    parameters: { tillagePractice: { 'beibu-zhonggaoyuan': 1 }, biologicalPractice: { '41': 0.09 } },
  },
} as const;
type Id = keyof typeof scenarios;

describe('scenarios of a year', () => {
  let year: SampleYear;
  let together: Manifest;
  beforeAll(async () => {
    ensureBuilt();
    year = await sampleYear({ size: 240, tileSize: 128, plain: true });
    copyFileSync(year.path('engineering-measures.geojson'), year.path('more-measures.geojson'));
    together = await run('together', (document) =>
      document.set(
        'scenarios',
        Object.entries(scenarios).map(([id, changes]) => ({ id, name: `情景 ${id}`, ...changes })),
      ),
    );
  }, 180_000);
  afterAll(() => year?.remove());

  async function run(name: string, change: (document: ReturnType<typeof parseDocument>) => void): Promise<Manifest> {
    const path = year.withWorkspace(name);
    const document = parseDocument(readFileSync(path, 'utf8'));
    change(document);
    writeFileSync(path, String(document));
    expect(await shuibao(['run', '--no-check', path])).toMatchObject({ code: 0 });
    return JSON.parse(year.manifest(name)) as Manifest;
  }

  const digests = ({ outputs }: Manifest): Map<string, string> =>
    new Map(outputs.map(({ file, sha256 }) => [file, sha256]));
  const raster = async (run: string, file: string) =>
    Buffer.from((await readTile(join(year.directory, `${run}-results`, file))).data[0]!.slice().buffer);

  it.each(Object.keys(scenarios) as Id[])(
    '%s gives the bytes of a run of its own',
    async (id) => {
      const { inputs, parameters } = scenarios[id];
      const alone = await run(id, (document) => {
        for (const [name, value] of Object.entries(inputs)) document.setIn(['inputs', name], value);
        for (const [name, values] of Object.entries(parameters))
          for (const [code, value] of Object.entries(values)) document.setIn(['parameters', name, code], value);
      });
      const [found, expected] = [digests(together), digests(alone)];
      let compared = 0;
      for (const [file, digest] of expected) {
        if (!/^(table|statistics|summary).*[^x]$/.test(file) || file.endsWith('xlsx')) continue;
        const named = file.replace('_2024', `_${id}_2024`);
        expect([named, found.get(named)]).toEqual([named, digest]);
        compared++;
      }
      expect(compared).toBeGreaterThan(8);
      const figures = 'statistics_2024.json';
      expect(found.get(figures)).not.toBe(expected.get(figures));
      for (const layer of ['A', 'QD']) {
        const ofScenario = await raster('together', `${layer}_${id}_2024.tif`);
        expect(ofScenario.equals(await raster(id, `${layer}_2024.tif`))).toBe(true);
        expect(ofScenario.equals(await raster('together', `${layer}_2024.tif`))).toBe(false);
      }
    },
    120_000,
  );

  it('are compared in a table whose changes close', () => {
    const text = readFileSync(join(year.directory, 'together-results', 'table-scenarios_2024.csv'), 'utf8');
    const rows = text.split('\r\n').map((line) => line.split(','));
    for (const id of Object.keys(scenarios)) {
      const own = rows.filter(([name]) => name === `情景 ${id}`);
      expect(own.length).toBeGreaterThan(3);
      const hundredths = own.map((row) => row.slice(3, 7).map((cell) => Math.round(Number(cell) * 100)));
      for (const [, before, after, change] of hundredths) expect(after! - before!).toBe(change);
      const [region, ...zones] = hundredths;
      for (const column of [0, 1, 2, 3])
        expect(zones.reduce((sum, zone) => sum + zone[column]!, 0)).toBe(region![column]);
      expect(region![3]).not.toBe(0);
    }
  });

  it('stand in the manifest with what they change, and in the plan', async () => {
    expect(together.scenarios.map(({ id }) => id)).toEqual(Object.keys(scenarios));
    expect(together.scenarios[1]!.parameters.map(({ id }) => id)).toContain('B/41');
    const { stdout } = await shuibao(['plan', join(year.directory, 'together.yaml')]);
    expect(stdout).toContain('情景 terraces（自有数据：understorey、engineering）');
  });

  it('explain a cell each', async () => {
    const path = join(year.directory, 'together.yaml');
    const { grid } = JSON.parse(year.manifest('together')) as { grid: Record<string, number> };
    const at = `${grid.originX! + 1205},${grid.originY! - 1205}`;
    const own = await shuibao(['explain', path, '--at', at, '--scenario', 'terraces']);
    expect(own).toMatchObject({ code: 0 });
    expect(own.stdout).toContain('情景 情景 terraces');
    expect(own.stdout).not.toContain('两者不一致');
    expect(await shuibao(['explain', path, '--at', at, '--scenario', 'terrace'])).toMatchObject({ code: 2 });
  });
});
