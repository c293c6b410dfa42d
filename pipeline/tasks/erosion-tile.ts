import { join } from 'node:path';
import { type CellWindow, windowGrid } from '../../models/grid/grid-spec.ts';
import type { Cube } from '../../models/statistics/cube.ts';
import { encodeCube } from '../../models/statistics/encode-cube.ts';
import { mergeCubes } from '../../models/statistics/merge-cubes.ts';
import { tileCube } from '../../models/statistics/tile-cube.ts';
import type { PixelType } from '../formats/pixel-type.ts';
import { type BandDescription, createRaster, type RasterWriter } from '../formats/raster-write.ts';
import type { ErosionTileParameters } from './erosion-parameters.ts';
import { type ErosionWindow, erosionOf } from './erosion-window.ts';
import { openSource } from './source-file.ts';
import { type StripInputs, TileInputs } from './tile-inputs.ts';
import type { TaskHandler, TaskOutput } from './task.ts';

/** Cells and source pixels of a strip: some 50 MB with 24 cover layers as fine as the grid. */
const stripCells = 1 << 17;
const stripPixels = 1 << 24;

/**
 * The annual pass over one tile: reads each input once and writes modulus, intensity, cause of nodata, the factors asked
 * for, and the tile's statistics cube.
 *
 * Outputs: `modulus` (float32, t·km⁻²·a⁻¹), `intensity` (uint8), `cause` (uint8), `agent` (uint8, where wind erosion is given), `cube`, `factor-R` …
 */
export const erosionTile: TaskHandler = {
  kind: 'erosion-tile',
  version: 2,
  async run(task, context) {
    const parameters = task.parameters as unknown as ErosionTileParameters;
    const tile = parameters.window;
    const paths = (name: string) => {
      const input = task.inputs[name]!;
      return input.source === undefined ? context.inputPath(name) : openSource(input);
    };
    const outputs: Record<string, TaskOutput> = {};
    const writers = new Map<string, RasterWriter>();
    const create = (name: string, type: PixelType, band: BandDescription) => {
      const path = join(context.temporaryDirectory, `${name}.tif`);
      writers.set(
        name,
        createRaster(path, { grid: windowGrid(parameters.grid, tile), codec: 'working' }, type, [band]),
      );
      outputs[name] = { path, mediaType: 'image/tiff' };
    };
    create('modulus', 'Float32', { nodata: Number.NaN, unit: 't·km⁻²·a⁻¹', description: 'erosion modulus' });
    create('intensity', 'Byte', { nodata: 0, description: 'erosion intensity' });
    create('cause', 'Byte', { description: 'cause of nodata' });
    if (parameters.windErosion !== null) create('agent', 'Byte', { nodata: 0, description: 'eroding agent' });
    for (const symbol of parameters.factors)
      create(`factor-${symbol}`, 'Float32', { nodata: Number.NaN, description: symbol });

    const inputs = await TileInputs.open(parameters, tile, paths);
    const cubes: Cube[] = [];
    try {
      const compute = erosionOf(parameters);
      const strips = stripsOf(tile, inputs);
      let next: Promise<StripInputs> | undefined = inputs.load(strips[0]!);
      for (let at = 0; at < strips.length; at++) {
        context.signal.throwIfAborted();
        const strip = await next!;
        // The next strip is decoded on GDAL's threads while this one is computed here.
        next = at + 1 < strips.length ? inputs.load(strips[at + 1]!) : undefined;
        next?.catch(() => {});
        const result = compute(strip);
        const { x0, y0, width, height } = strip.window;
        const place = { x0: x0 - tile.x0, y0: y0 - tile.y0, width, height };
        for (const [name, writer] of writers) await writer.write(1, place, outputOf(name, result));
        cubes.push(cubeOf(result));
      }
    } finally {
      inputs.close();
    }
    for (const writer of writers.values()) writer.close();
    const cube = mergeCubes(cubes);
    outputs.cube = { bytes: encodeCube(cube), mediaType: 'application/octet-stream' };
    return { outputs };
  },
};

/** Cuts a tile into strips of whole rows that fit in memory with the source pixels under them. */
function stripsOf(tile: CellWindow, inputs: TileInputs): CellWindow[] {
  let rows = Math.min(tile.height, Math.max(1, Math.floor(stripCells / tile.width)));
  while (rows > 1 && inputs.sourcePixels({ ...tile, height: rows }) > stripPixels) rows = Math.ceil(rows / 2);
  const strips: CellWindow[] = [];
  for (let row = 0; row < tile.height; row += rows)
    strips.push({ ...tile, y0: tile.y0 + row, height: Math.min(rows, tile.height - row) });
  return strips;
}

function outputOf(name: string, result: ErosionWindow): Float32Array | Uint8Array {
  if (name === 'modulus' || name === 'intensity' || name === 'cause') return result[name];
  if (name === 'agent') return result.wind!.agent;
  const symbol = name.slice('factor-'.length);
  return symbol === 'slope' ? result.inputs.slopeDegrees : result.factors[symbol]!;
}

const cubeOf = ({ inputs, landUse, intensity, modulus, cause }: ErosionWindow): Cube =>
  tileCube({ zones: inputs.zones, slopeDegrees: inputs.slopeDegrees, landUse, intensity, modulus, cause });
