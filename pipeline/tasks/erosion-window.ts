import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { annualRows } from './annual-rows.ts';
import type { ErosionArrays, ErosionStrip } from './erosion-arrays.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import type { StripInputs } from './strip-inputs.ts';
import { type InputPaths, TileInputs } from './tile-inputs.ts';

/**
 * The annual equation for the strips of a tile. The value of a cell does not depend on the window it is asked for in, so a
 * tile, a strip of it and a single cell give the same bytes. Results hold until the next strip is computed.
 */
export function erosionOf(parameters: ErosionTileParameters, tile: TileInputs): (inputs: StripInputs) => ErosionStrip {
  const rows = annualRows(parameters, tile.kernels, tile.memory.practice);
  return (inputs) => {
    const { height } = inputs.window;
    const strip = stripOf(tile.memory.results, inputs);
    for (let row = 0; row < height; row += inputs.rowsAtOnce)
      rows(inputs, row, Math.min(inputs.rowsAtOnce, height - row), strip);
    return strip;
  };
}

/* The part of the memory that a strip fills. */
function stripOf(results: ErosionArrays, inputs: StripInputs): ErosionStrip {
  const cells = inputs.window.width * inputs.window.height;
  const { R, K, ...practices } = results.computed;
  const part = <Values extends Float32Array | Uint8Array>(values: Values) => values.subarray(0, cells) as Values;
  return {
    inputs,
    landUse: part(results.landUse),
    tolerance: part(results.tolerance),
    factors: {
      R: part(R!),
      K: part(K!),
      L: inputs.slopeLengthFactor,
      S: inputs.slopeSteepnessFactor,
      ...Object.fromEntries(Object.entries(practices).map(([symbol, values]) => [symbol, part(values)])),
    },
    modulus: part(results.modulus),
    intensity: part(results.intensity),
    cause: part(results.cause),
    wind: results.wind && { modulus: part(results.wind.modulus), agent: part(results.wind.agent) },
  };
}

/* Results in memory of their own, which the next tile leaves alone. */
function copyOf(strip: ErosionStrip): ErosionStrip {
  const { inputs, factors, wind } = strip;
  return {
    inputs: {
      ...inputs,
      slopeDegrees: inputs.slopeDegrees.slice(),
      zones: inputs.zones.map((zones) => zones.slice()),
      codes: new Map([...inputs.codes].map(([name, { codes, index }]) => [name, { codes, index: index.slice() }])),
    },
    factors: Object.fromEntries(Object.entries(factors).map(([symbol, values]) => [symbol, values.slice()])),
    landUse: strip.landUse.slice(),
    tolerance: strip.tolerance.slice(),
    modulus: strip.modulus.slice(),
    intensity: strip.intensity.slice(),
    cause: strip.cause.slice(),
    wind: wind && { modulus: wind.modulus.slice(), agent: wind.agent.slice() },
  };
}

/**
 * The annual equation over one cell, with copies of its results.
 * @param tile cells of the grid that the tile inputs (terrain, zones, polygon codes) cover
 * @param cell the cell of the grid
 */
export async function erosionOfCell(
  parameters: ErosionTileParameters,
  tile: CellWindow,
  cell: { readonly column: number; readonly row: number },
  paths: InputPaths,
): Promise<ErosionStrip> {
  const window = { x0: cell.column, y0: cell.row, width: 1, height: 1 };
  const inputs = await TileInputs.open(parameters, tile, window, paths);
  try {
    return copyOf(erosionOf(parameters, inputs)(await inputs.load(0)));
  } finally {
    inputs.close();
  }
}
