import type { CellWindow } from '../../models/grid/grid-spec.ts';
import { annualRows } from './annual-rows.ts';
import { type ErosionArrays, erosionArrays } from './erosion-arrays.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { type InputPaths, type StripInputs, TileInputs } from './tile-inputs.ts';

/** Result of the annual equation over a window of the grid, beside the inputs it came from. */
export interface ErosionWindow extends ErosionArrays {
  readonly inputs: StripInputs;
}

/**
 * Computes the annual equation over windows of a tile. The value of a cell does not depend on the window it is asked for
 * in, so a tile, a strip of it and a single cell give the same bytes.
 */
export function erosionOf(parameters: ErosionTileParameters): (inputs: StripInputs) => ErosionWindow {
  const rows = annualRows(parameters);
  return (inputs) => {
    const arrays = erosionArrays(parameters, inputs);
    const { height } = inputs.window;
    for (let row = 0; row < height; row += inputs.rowsAtOnce)
      rows(inputs, row, Math.min(inputs.rowsAtOnce, height - row), arrays);
    return { ...arrays, inputs };
  };
}

/**
 * The annual equation over one window.
 * @param tile cells of the grid that the tile inputs (terrain, zones, polygon codes) cover; contains the window
 * @param window cells of the grid
 */
export async function erosionWindow(
  parameters: ErosionTileParameters,
  tile: CellWindow,
  window: CellWindow,
  paths: InputPaths,
): Promise<ErosionWindow> {
  const inputs = await TileInputs.open(parameters, tile, paths);
  try {
    return erosionOf(parameters)(await inputs.load(window));
  } finally {
    inputs.close();
  }
}
