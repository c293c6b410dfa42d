import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ProcessTreeTime, runProgram } from './process-tree.ts';

/** GRASS's version; undefined where it is not installed. */
export function grassVersion(): string | undefined {
  const { status, stdout } = spawnSync('grass', ['--config', 'version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * GRASS for elevation file → `r.watershed` with single flow direction, LS and S → files. Its LS is a formula of its own; the
 * work is of the same kind.
 *
 * @param elevation a GeoTIFF
 * @param directory receives the results, which are removed again
 */
export function grassTerrain(elevation: string, directory: string): ProcessTreeTime {
  const results = join(directory, 'grass');
  mkdirSync(results);
  // As the own side keeps the same layers: only directions are packed, which spares GRASS some 20 ns a cell of each of the others.
  const [packed, unpacked] = ['COMPRESS=ZSTD,ZSTD_LEVEL=1', 'COMPRESS=NONE'];
  const layers = { accumulation: unpacked, drainage: packed, ls: unpacked, s: unpacked };
  const script = [
    'set -e',
    'r.in.gdal -o --quiet input="$ELEVATION" output=dem',
    'g.region raster=dem',
    'r.watershed -s --quiet elevation=dem accumulation=accumulation drainage=drainage length_slope=ls slope_steepness=s threshold=1000',
    ...Object.entries(layers).map(
      ([layer, codec]) =>
        `r.out.gdal --quiet input=${layer} output="$RESULTS/${layer}.tif" createopt=${codec},TILED=YES`,
    ),
  ].join('\n');
  try {
    return runProgram('grass', ['--tmp-location', 'XY', '--exec', 'bash', '-c', script], {
      ELEVATION: elevation,
      RESULTS: results,
    });
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}
