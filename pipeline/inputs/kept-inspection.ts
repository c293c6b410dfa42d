import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { cachedByFile, type FileCache } from '../formats/file-cache.ts';
import type { Inspection, InspectionRequest } from '../formats/inspect/inspection.ts';
import { sha256 } from '../tasks/task-key.ts';

// Raise when the same file would be described differently.
const inspectionVersion = 2;

/**
 * The file and all that lie beside it under the same name with another ending, however many and in whatever case: parts of
 * a Shapefile, georeferences, statistics, masks. One more or less changes what the file means.
 */
function filesUnderName(path: string): string[] {
  const stem = basename(path)
    .replace(/\.[^.]*$/, '')
    .toLowerCase();
  const directory = dirname(path);
  const names = readdirSync(directory).filter((name) => name.toLowerCase().startsWith(stem));
  return [path, ...names.map((name) => join(directory, name))];
}

/** Whether a file says all by itself and those beside it: not so a virtual raster or a directory. */
function standsAlone(path: string): boolean {
  return !/\.vrt$/i.test(path) && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Stands for long arrays by their digests. */
const arraysByDigest = (_: string, value: unknown): unknown =>
  value instanceof Float64Array ? sha256(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) : value;

/** Describes a file, or recalls how it was described where nothing about it has changed since. Failures are not kept. */
export async function keptInspection(
  request: InspectionRequest,
  cache: FileCache,
  inspect: () => Promise<Inspection>,
): Promise<Inspection> {
  if (cache.cacheDirectory === undefined || !standsAlone(request.path)) return inspect();
  let seen: Inspection | undefined;
  const packed = await cachedByFile(
    request.path,
    () => filesUnderName(request.path),
    cache,
    async () => {
      seen = await inspect();
      // Numbers that JSON does not know (NaN, −0) occur in descriptions.
      return serialize(seen).toString('base64');
    },
    ` inspection ${inspectionVersion} ${sha256(JSON.stringify(request, arraysByDigest))}`,
    () => seen?.kind !== 'unreadable',
  );
  return seen ?? (deserialize(Buffer.from(packed, 'base64')) as Inspection);
}
