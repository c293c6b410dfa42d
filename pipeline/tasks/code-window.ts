import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import { openRaster } from '../formats/raster-read.ts';
import type { CodedFactorParameters } from './erosion-parameters.ts';
import { readClasses } from './read-layer.ts';

/** Codes of a window, each cell as an index into a list; 0 = no code. */
export interface CodeWindow {
  readonly codes: readonly string[];
  readonly index: Uint16Array;
  /** Factor values by the table; `none` where there is no code, NaN where the table lacks it. */
  values(none: number): Float32Array;
}

/** Name of the raster metadata item that lists the codes of a polygon tile. */
export const codesItem = 'SHUIBAO_CODES';

/** Reads codes given as polygons (burnt into a tile) or as a class raster. */
export async function readCodes(
  path: string,
  parameters: CodedFactorParameters,
  place: { readonly target: GridSpec; readonly inTile: CellWindow },
): Promise<CodeWindow> {
  const { codes, index } =
    parameters.from === 'polygons'
      ? await readPolygonTile(path, place.inTile)
      : indexed(await readClasses(path, parameters.layer!, place.target));
  const byIndex = [Number.NaN, ...codes.map((code) => parameters.values[code] ?? Number.NaN)];
  return {
    codes,
    index,
    values: (none) => Float32Array.from(index, (at) => (at === 0 ? none : byIndex[at]!)),
  };
}

/** Indices and codes of a tile of polygons. */
export async function readPolygonTile(
  path: string,
  window: CellWindow,
): Promise<{ codes: readonly string[]; index: Uint16Array }> {
  const raster = openRaster(path);
  try {
    const codes = JSON.parse(raster.metadata[codesItem] ?? '[]') as string[];
    return { codes, index: Uint16Array.from(await raster.read(1, window)) };
  } finally {
    raster.close();
  }
}

/* Class rasters write no measure as 0 or as nodata. */
function indexed(stored: Float32Array): { codes: string[]; index: Uint16Array } {
  const codes: string[] = [];
  const at = new Map<number, number>();
  const index = new Uint16Array(stored.length);
  for (let cell = 0; cell < stored.length; cell++) {
    const code = stored[cell]!;
    if (Number.isNaN(code) || code === 0) continue;
    let place = at.get(code);
    if (place === undefined) {
      codes.push(String(code));
      place = codes.length;
      at.set(code, place);
    }
    index[cell] = place;
  }
  return { codes, index };
}
