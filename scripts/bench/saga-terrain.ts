import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessTreeTime, runProgram } from './process-tree.ts';

/** SAGA's version; undefined where it is not installed. */
export function sagaVersion(): string | undefined {
  const { status, stdout } = spawnSync('saga_cmd', ['--version'], { encoding: 'utf8' });
  return status === 0 ? /\d[\d.]*/.exec(stdout)?.[0] : undefined;
}

/**
 * SAGA for elevation file → filled sinks (Wang & Liu), D8 accumulation, slope, LS (Desmet & Govers) → files. Every tool
 * reads its grids from files and leaves grids in SAGA's own format; the four results are exported in the end.
 *
 * @param elevation a GeoTIFF
 * @param directory receives the results, which are removed again
 */
export function sagaTerrain(elevation: string, directory: string): ProcessTreeTime {
  const results = join(directory, 'saga');
  mkdirSync(results);
  // As the own side keeps the same layers.
  const layers = ['filled', 'area', 'slope', 'ls'];
  const steps = [
    'io_gdal 0 -FILES "$ELEVATION" -GRIDS dem.sgrd',
    'ta_preprocessor 5 -ELEV dem.sgrd -FILLED filled.sgrd -MINSLOPE 0.001',
    'ta_hydrology 0 -ELEVATION filled.sgrd -FLOW area.sgrd -METHOD 0',
    'ta_morphometry 0 -ELEVATION dem.sgrd -SLOPE slope.sgrd -ASPECT aspect.sgrd',
    'ta_hydrology 22 -SLOPE slope.sgrd -AREA area.sgrd -LS ls.sgrd -CONV 1 -METHOD 1',
    ...layers.map((layer) => `io_gdal 2 -GRIDS ${layer}.sgrd -FILE ${layer}.tif -OPTIONS "COMPRESS=NONE TILED=YES"`),
  ];
  const script = ['set -e', 'cd "$RESULTS"', ...steps.map((step) => `saga_cmd -f=s ${step} >/dev/null`)].join('\n');
  try {
    return runProgram('bash', ['-c', script], { ELEVATION: elevation, RESULTS: results });
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}
