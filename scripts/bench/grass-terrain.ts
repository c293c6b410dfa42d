import { spawnSync } from 'node:child_process';

/** GRASS's version; undefined where it is not installed. */
export function grassVersion(): string | undefined {
  const { status, stdout } = spawnSync('grass', ['--config', 'version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/**
 * CPU seconds of GRASS (children included) for elevation file → `r.watershed` with single flow direction, LS and S → files.
 * Its LS is a formula of its own; the work is of the same kind.
 *
 * @param elevation a GeoTIFF
 * @param directory receives the results
 */
export function grassTerrainSeconds(elevation: string, directory: string): number {
  const layers = ['accumulation', 'drainage', 'ls', 's'];
  const script = [
    'set -e',
    `r.in.gdal -o --quiet input=${elevation} output=dem`,
    'g.region raster=dem',
    'r.watershed -s --quiet elevation=dem accumulation=accumulation drainage=drainage length_slope=ls slope_steepness=s threshold=1000',
    ...layers.map(
      (layer) =>
        `r.out.gdal --quiet input=${layer} output=${directory}/grass-${layer}.tif createopt=COMPRESS=ZSTD,ZSTD_LEVEL=1,TILED=YES`,
    ),
  ].join('\n');
  const run = `TIMEFORMAT='%U %S'; time grass --tmp-location XY --exec bash -c "$SCRIPT" >/dev/null 2>"${directory}/grass.log"`;
  const { status, stderr } = spawnSync('bash', ['-c', run], {
    encoding: 'utf8',
    env: { ...process.env, SCRIPT: script },
  });
  if (status !== 0) throw new Error(`GRASS failed; see ${directory}/grass.log`);
  const [user, system] = stderr.trim().split('\n').at(-1)!.split(' ').map(Number);
  return user! + system!;
}
