import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { grassTerrainSeconds, grassVersion } from './grass-terrain.ts';
import type { Bench, BenchResult } from './result.ts';
import type { TerrainRunMeasures } from './terrain-run-process.ts';

const program = fileURLToPath(new URL('./terrain-run-process.js', import.meta.url));

/**
 * Terrain from elevation tiles to slope, slope length, L and S files by the tasks of a plan, one process to a size of
 * raster, beside GRASS where it is installed; and memory against that of the smallest raster.
 */
export const terrainRun: Bench = async (directory, { sizes }) => {
  const results: BenchResult[] = [];
  const residents: number[] = [];
  const grass = grassVersion();
  for (const side of sizes) {
    const workspace = join(directory, `${side}`);
    mkdirSync(workspace);
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, `${side}`, workspace]);
    if (status !== 0) throw new Error(`${stderr}`);
    const measures = JSON.parse(`${stdout}`) as TerrainRunMeasures;
    residents.push(measures.peakMegabytes);
    results.push({
      name: `terrain of ${side} × ${side}, elevation to L and S files (peak ${Math.round(measures.peakMegabytes)} MB)`,
      cells: side * side,
      seconds: measures.seconds,
      against: 'GDAL decoding and encoding the same files once',
      againstSeconds: measures.floorSeconds,
    });
    if (grass === undefined) continue;
    results.push({
      name: `the same ${side} × ${side}`,
      cells: side * side,
      seconds: measures.seconds,
      against: `GRASS ${grass} import, r.watershed -s, export`,
      againstSeconds: grassTerrainSeconds(join(workspace, 'elevation.tif'), workspace),
      target: 1 / 6,
    });
  }
  const [small, large] = [residents[0]!, residents.at(-1)!];
  results.push({
    name: `terrain, peak memory of ${sizes.at(-1)}²`,
    figure: large,
    against: `${sizes[0]}²`,
    againstFigure: small,
    unit: 'MB',
    target: 1.3,
  });
  return results;
};
