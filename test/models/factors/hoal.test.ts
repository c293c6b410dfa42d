import { fromFile } from 'geotiff';
import { beforeAll, describe, expect, it } from 'vitest';
import { slopeDegreesFromPercent } from '../../../models/erosion/slope-units.ts';
import { erosionModulus, soilLossRusle } from '../../../models/erosion/soil-loss.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import { hasSharedData, sharedData } from '../../support/shared-data.ts';

/** First band of a raster of the Petzenkirchen catchment. */
async function layer(path: string): Promise<Float64Array> {
  const image = await (await fromFile(sharedData('rphosfate_hoal', 'testProject', path))).getImage();
  const [band] = (await image.readRasters()) as unknown as ArrayLike<number>[];
  return Float64Array.from(band!);
}

const relativeError = (actual: number, expected: number) => Math.abs(actual - expected) / Math.abs(expected);

/**
 * Hydrological Open Air Laboratory, Petzenkirchen, 10 m: slope, contributing area and D-infinity direction in, the factors and
 * the soil loss of another program out.
 */
describe.skipIf(!hasSharedData)('RUSLE on the Petzenkirchen catchment', () => {
  const cellSizeMetres = 10;
  const layers: Record<string, Float64Array> = {};
  const cells: number[] = [];

  beforeAll(async () => {
    const paths = {
      slope: 'Input/slp_inf.tif',
      accumulation: 'Input/acc_inf.tif',
      direction: 'Input/dir_inf.tif',
      R: 'Input/RFa.tif',
      K: 'Input/KFa.tif',
      C: 'Input/CFa.tif',
      L: 'Intermediate/LFa.tif',
      S: 'Intermediate/SFa.tif',
      soilLoss: 'Result/ero.tif',
    };
    for (const [name, path] of Object.entries(paths)) layers[name] = await layer(path);
    for (let cell = 0; cell < layers.soilLoss!.length; cell++)
      if (!Number.isNaN(layers.soilLoss![cell])) cells.push(cell);
  });

  /** The program holds slopes at 1 % and above. */
  const slopeDegrees = (cell: number) => slopeDegreesFromPercent(Math.max(1, layers.slope![cell]!));

  it('has a soil loss on 6467 cells', () => {
    expect(cells).toHaveLength(6467);
  });

  it('gives S from slope', () => {
    const steepness = factorMethod('slopeSteepness', 'mccool1987').evaluate;
    const worst = Math.max(...cells.map((cell) => relativeError(steepness(slopeDegrees(cell)), layers.S![cell]!)));
    expect(worst).toBeLessThan(1e-9);
  });

  it('gives L from contributing area, slope and direction', () => {
    const length = factorMethod('slopeLength', 'desmet-govers1996').evaluate;
    const worst = Math.max(
      ...cells.map((cell) => {
        const inletArea = (layers.accumulation![cell]! - 1) * cellSizeMetres ** 2;
        const computed = length(inletArea, cellSizeMetres, slopeDegrees(cell), layers.direction![cell]!);
        return relativeError(computed, layers.L![cell]!);
      }),
    );
    expect(worst).toBeLessThan(1e-9);
  });

  it('gives the soil loss of every cell from the factors, 707.0015 t/a in all', () => {
    const hectares = cellSizeMetres ** 2 / 1e4;
    let worst = 0;
    let total = 0;
    for (const cell of cells) {
      const at = (name: string) => layers[name]![cell]!;
      const tonnes = soilLossRusle({ R: at('R'), K: at('K'), L: at('L'), S: at('S'), C: at('C'), P: 1 }) * hectares;
      worst = Math.max(worst, relativeError(tonnes, at('soilLoss')));
      total += tonnes;
    }
    expect(worst).toBeLessThan(1e-9);
    expect(total).toBeCloseTo(707.0015, 4);
  });

  it('stays within float32 rounding when computed as tiles are', () => {
    const factors = ['R', 'K', 'L', 'S', 'C'].map((name) => Float32Array.from(layers[name]!));
    const modulus = erosionModulus([...factors, 1], new Float32Array(layers.R!.length));
    // t/(km²·a) on a cell of 0.01 hm² is a ten-thousandth of a tonne.
    const worst = Math.max(...cells.map((cell) => relativeError(modulus[cell]! / 1e4, layers.soilLoss![cell]!)));
    expect(worst).toBeLessThan(8 * 2 ** -24);
  });
});
