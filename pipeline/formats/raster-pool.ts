import { statSync } from 'node:fs';
import { afterIdle } from './after-idle.ts';
import { type OpenRaster, openRaster } from './raster-read.ts';

/** Rasters kept open at most, and how long after the last use. */
const most = 32;
const idleMilliseconds = 15_000;

interface Kept {
  readonly identity: string;
  readonly raster: OpenRaster;
}

/* Rasters nobody uses, the longest unused first. */
const idle: Kept[] = [];
const used = afterIdle(idleMilliseconds, closeIdleRasters);

/** Files beside a GeoTIFF that change what GDAL says of it. */
const besides = (path: string): string[] => [path, `${path}.aux.xml`, path.replace(/\.[^.]*$/, '.tfw')];

/** Changes when the file is replaced or written to; undefined for what is not a file. */
function identityOf(path: string): string | undefined {
  const states = besides(path).map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }));
  if (states[0]?.isFile() !== true) return undefined;
  return [path, ...states.map((state) => (state ? [state.ino, state.mtimeNs, state.size].join() : ''))].join('|');
}

/**
 * Opens a raster, or takes one that was given back by `close` and has not changed since. Tiles of a run read the same few
 * files one after another, and opening a file of many bands takes longer than reading the part under a small tile. A raster
 * has one user at a time. What nobody has asked for in a while is closed.
 * @throws UserError as {@link openRaster} does
 */
export function borrowRaster(path: string): OpenRaster {
  const identity = identityOf(path);
  const at = idle.findIndex((kept) => kept.identity === identity);
  const raster = at < 0 ? openRaster(path) : idle.splice(at, 1)[0]!.raster;
  // Other drivers read files that this knows nothing of.
  if (identity === undefined || raster.driver !== 'GTiff') return raster;
  let isOut = true;
  const close = (): void => {
    if (isOut) keep({ identity, raster });
    isOut = false;
  };
  return { ...raster, close };
}

/** Closes the rasters that nobody uses. */
export function closeIdleRasters(): void {
  for (const { raster } of idle.splice(0)) raster.close();
}

function keep(kept: Kept): void {
  idle.push(kept);
  while (idle.length > most) idle.shift()!.raster.close();
  used();
}
