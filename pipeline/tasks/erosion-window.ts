import type { CellWindow } from '../../models/grid/grid-spec.ts';
import type { CubeCounter } from '../../models/statistics/tile-cube.ts';
import { annualRows } from './annual-rows.ts';
import type { ErosionArrays, ErosionStrip } from './erosion-arrays.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import type { LayerRoom } from './layer-room.ts';
import type { PracticePart } from './practice-reader.ts';
import { partsOfVariants } from './practice-rows.ts';
import type { StripInputs } from './strip-inputs.ts';
import { type InputPaths, TileInputs } from './tile-inputs.ts';

/**
 * The annual equation for the strips of a tile: results of the run itself, then of each scenario. The value of a cell does not
 * depend on the window it is asked for in, so a tile, a strip of it and a single cell give the same bytes. Results hold until
 * the next strip is computed.
 * @param counter counts the cells of the run and of each scenario, as soon as they are computed
 */
export function erosionOf(
  parameters: ErosionTileParameters,
  tile: TileInputs,
  counter?: CubeCounter,
): (inputs: StripInputs) => readonly ErosionStrip[] {
  const variants = partsOfVariants(parameters);
  const rows = annualRows(parameters, variants, tile.kernels, tile.memory);
  return (inputs) => {
    const { height } = inputs.window;
    for (let row = 0; row < height; row += inputs.rowsAtOnce) {
      const { ground, outcomes } = rows(inputs, row, Math.min(inputs.rowsAtOnce, height - row));
      counter?.add(ground, outcomes);
    }
    return variants.map((parts, at) => stripOf(tile.memory.results, parts, at, inputs));
  };
}

/* The part of the memory that a strip fills. */
function stripOf(
  results: ErosionArrays,
  parts: readonly PracticePart[],
  variant: number,
  inputs: StripInputs,
): ErosionStrip {
  const cells = inputs.window.width * inputs.window.height;
  const part = <Values extends Float32Array | Uint8Array>({ values }: LayerRoom<Values>) =>
    values.subarray(0, cells) as Values;
  const { modulus, intensity, cause, agent } = results.variants[variant]!;
  // Layers whose values lie in memory as they are stay where they are.
  const layer = (name: string, room: LayerRoom<Float32Array>) => inputs.layers.get(name)?.whole ?? part(room);
  return {
    inputs,
    landUse: part(results.landUse),
    tolerance: layer('tolerance', results.tolerance),
    factors: {
      R: layer('erosivity', results.R),
      K: layer('soilErodibility', results.K),
      L: inputs.slopeLengthFactor,
      S: inputs.slopeSteepnessFactor,
      ...Object.fromEntries(parts.map(({ symbol, key }) => [symbol, part(results.practices.get(key)!)])),
    },
    modulus: part(modulus),
    intensity: part(intensity),
    cause: part(cause),
    agent: agent && part(agent),
    wind: results.wind && part(results.wind),
  };
}

/* Results in memory of their own, which the next tile leaves alone. */
function copyOf(strip: ErosionStrip): ErosionStrip {
  const { inputs, factors } = strip;
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
    agent: strip.agent?.slice(),
    wind: strip.wind?.slice(),
  };
}

/**
 * The annual equation of a run over one cell, without its scenarios; a copy of the results.
 * @param tile cells of the grid that the tile inputs (zones, polygon codes) cover
 * @param cell the cell of the grid
 */
export async function erosionOfCell(
  parameters: ErosionTileParameters,
  tile: CellWindow,
  cell: { readonly column: number; readonly row: number },
  paths: InputPaths,
): Promise<ErosionStrip> {
  const window = { x0: cell.column, y0: cell.row, width: 1, height: 1 };
  // What scenarios compute would take the place of the factors.
  const alone = { ...parameters, scenarios: [] };
  const inputs = await TileInputs.open(alone, tile, window, paths);
  try {
    return copyOf(erosionOf(alone, inputs)(await inputs.load(0))[0]!);
  } finally {
    inputs.close();
  }
}
