import { describe, expect, test } from 'vitest';
import {
  flowWidthWeight,
  slopeLengthDesmetGovers,
} from '../../../models/factors/slope-length-area-desmet-govers1996.ts';
import { slopeLengthExponentMccool1989 } from '../../../models/factors/slope-length-exponent-mccool1989.ts';
import { slopeLengthWhole } from '../../../models/factors/slope-length-whole-wischmeier-smith1978.ts';
import { slopeSteepnessMccool1987 } from '../../../models/factors/slope-steepness-mccool1987.ts';
import { d8Codes } from '../../../models/grid/d8.ts';
import { d8FlowDirection } from '../../../models/terrain/d8-flow-direction.ts';
import { edgeCells } from '../../../models/terrain/edge-cells.ts';
import type { LengthFactorMethod } from '../../../models/terrain/length-factor-layer.ts';
import { downslopeAzimuthDegrees } from '../../../models/terrain/slope-horn1981.ts';
import { type TerrainFactors, terrainFactors } from '../../../models/terrain/terrain.ts';
import { offendingCells } from '../../support/grids.ts';
import { readAsciiGrid, readTestRaster, type TestRaster } from '../../support/rasters.ts';
import { hasSharedData, sharedData } from '../../support/shared-data.ts';

const desmetGovers: LengthFactorMethod = {
  kind: 'area',
  formula: (area, cell, slope, aspect) =>
    slopeLengthDesmetGovers(area, cell, slopeLengthExponentMccool1989(slope), flowWidthWeight(aspect)),
};
const rusle: LengthFactorMethod = {
  kind: 'whole',
  formula: (length, slope) => slopeLengthWhole(length, slopeLengthExponentMccool1989(slope)),
};

const done = new Map<TestRaster, Map<LengthFactorMethod, TerrainFactors>>();

function terrainOf(dem: TestRaster, lengthFactor: LengthFactorMethod = rusle): TerrainFactors {
  const known = done.get(dem) ?? new Map<LengthFactorMethod, TerrainFactors>();
  const terrain =
    known.get(lengthFactor) ??
    terrainFactors(Float32Array.from(dem.values), dem.width, dem.height, dem.cellSize, {
      lengthFactor,
      steepnessFactor: slopeSteepnessMccool1987,
    });
  done.set(dem, known.set(lengthFactor, terrain));
  return terrain;
}

/** Cells more than one away from the map edge. */
function innerCells({ width, height }: TestRaster): number[] {
  const cells: number[] = [];
  for (let y = 2; y < height - 2; y++) for (let x = 2; x < width - 2; x++) cells.push(y * width + x);
  return cells;
}

function largestDifference(cells: number[], ours: Float32Array, theirs: Float64Array): number {
  return cells.reduce((largest, i) => Math.max(largest, Math.abs(ours[i]! - theirs[i]!)), 0);
}

/** Spearman's rank correlation over cells; equal values share their mean rank. */
function rankCorrelation(cells: number[], a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [ranks(cells.map((i) => a[i]!)), ranks(cells.map((i) => b[i]!))];
  const mean = (cells.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < cells.length; i++) {
    xy += (x[i]! - mean) * (y[i]! - mean);
    xx += (x[i]! - mean) ** 2;
    yy += (y[i]! - mean) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

function ranks(values: number[]): Float64Array {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const rank = new Float64Array(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) rank[order[i]!] = (start + end - 1) / 2;
  }
  return rank;
}

/** Share of cells with one steepest way down whose direction another program gives too. */
function directionAgreement(cells: number[], ours: TerrainFactors, theirs: ArrayLike<number>, dem: TestRaster): number {
  // Turned half round, the first of equals becomes the last: cells where both agree have one steepest way.
  const turned = ours.filled.slice().reverse();
  const turnedEdges = ours.edges.slice().reverse();
  const steepest = d8FlowDirection(ours.filled, ours.edges, dem.width, dem.height);
  const fromTheEnd = d8FlowDirection(turned, turnedEdges, dem.width, dem.height).reverse();
  const opposite = (code: number): number => (code === 0 || code === 9 ? 0 : d8Codes[(Math.log2(code) + 4) % 8]!);
  const decided = cells.filter((i) => d8Codes.includes(steepest[i]!) && opposite(fromTheEnd[i]!) === steepest[i]);
  return decided.filter((i) => theirs[i] === steepest[i]).length / decided.length;
}

const sagaDegrees = ({ values }: TestRaster): Float64Array => values.map((radians) => (radians * 180) / Math.PI);

/** GRASS counts eighths of a turn counter-clockwise, 1 = NE; negative where water leaves the region. */
const grassCodes = ({ values }: TestRaster): Float64Array =>
  values.map((direction) => d8Codes[(8 - Math.abs(direction)) % 8]!);

const reference = (name: string) => readTestRaster(sharedData('reference_ls', `${name}.tif`));

// The floors lie a little under what was measured; a fall below one means that the method changed.
describe.skipIf(!hasSharedData).each([
  {
    prefix: 'qgis25m',
    dem: ['qgis_analysis', 'dem.tif'],
    floors: { direction: 0.998, grass: 0.77, moore: 0.94, desmetGovers: 0.89, area: 0.995 },
  },
  {
    prefix: 'youwuzhen',
    dem: ['youwuzhen', 'spatial', 'ywzdem30m.tif'],
    floors: { direction: 0.99, grass: 0.64, moore: 0.95, desmetGovers: 0.85, area: 0.99 },
  },
])('beside GRASS and SAGA on $prefix', ({ prefix, dem: path, floors }) => {
  const dem = hasSharedData ? readTestRaster(sharedData(...path)) : undefined;

  test('slopes are equal away from borders', async () => {
    const { slopeDegrees } = terrainOf(await dem!);
    const cells = innerCells(await dem!);
    const grass = await reference(`${prefix}_grass_slope`);
    const saga = sagaDegrees(await reference(`${prefix}_saga_slope`));
    expect(largestDifference(cells, slopeDegrees, grass.values)).toBeLessThan(1e-5);
    expect(largestDifference(cells, slopeDegrees, saga)).toBeLessThan(1e-5);
  });

  test('directions agree where there is one steepest way down', async () => {
    const grass = grassCodes(await reference(`${prefix}_grass_dir_d8`));
    const agreement = directionAgreement(innerCells(await dem!), terrainOf(await dem!), grass, await dem!);
    expect(agreement).toBeGreaterThan(floors.direction);
  });

  test('LS and upstream area rank the land alike', async () => {
    const cells = innerCells(await dem!).filter((_, i) => i % 5 === 0);
    const byArea = terrainOf(await dem!, desmetGovers);
    const byLength = terrainOf(await dem!, rusle);
    const ls = (terrain: TerrainFactors): Float32Array =>
      terrain.slopeLengthFactor.map((factor, i) => factor * terrain.slopeSteepnessFactor[i]!);
    const { values: grass } = await reference(`${prefix}_grass_ls`);
    const { values: moore } = await reference(`${prefix}_saga_ls_d8_0`);
    const { values: desmet } = await reference(`${prefix}_saga_ls_d8_1`);
    const { values: area } = await reference(`${prefix}_saga_ca_d8`);
    expect(rankCorrelation(cells, ls(byLength), grass)).toBeGreaterThan(floors.grass);
    expect(rankCorrelation(cells, ls(byArea), moore)).toBeGreaterThan(floors.moore);
    expect(rankCorrelation(cells, ls(byArea), desmet)).toBeGreaterThan(floors.desmetGovers);
    expect(rankCorrelation(cells, byArea.accumulation, area)).toBeGreaterThan(floors.area);
  });
});

test.skipIf(!hasSharedData)('slope equals that of GDAL to 1e-3°', async () => {
  const dem = await readTestRaster(sharedData('qgis_analysis', 'dem.tif'));
  const gdal = await readTestRaster(sharedData('qgis_analysis', 'slope.tif'));
  const { slopeDegrees, edges } = terrainOf(dem);
  // On the outermost ring every program guesses in its own way; all other cells are compared.
  const cells = [...gdal.values.keys()].filter((i) => edges[i] === 0);
  expect(cells.length).toBe((dem.width - 2) * (dem.height - 2));
  expect(largestDifference(cells, slopeDegrees, gdal.values)).toBeLessThan(1e-3);
});

test.skipIf(!hasSharedData)('downslope azimuth equals the aspect of GDAL', async () => {
  const dem = await readTestRaster(sharedData('qgis_analysis', 'dem.tif'));
  const aspect = await readTestRaster(sharedData('qgis_analysis', 'aspect.tif'));
  const elevation = Float32Array.from(dem.values);
  const edges = edgeCells(elevation, dem.width, dem.height);
  const azimuth = downslopeAzimuthDegrees(elevation, edges, dem.width, dem.height, dem.cellSize);
  const turn = (i: number): number => Math.abs(((azimuth[i]! - aspect.values[i]! + 540) % 360) - 180);
  expect(offendingCells(azimuth.length, (i) => edges[i] !== 0 || turn(i) < 1e-2)).toEqual([]);
});

test.skipIf(!hasSharedData)('directions resemble the conditioned ones of HydroSHEDS', async () => {
  const dem = await readTestRaster(sharedData('pysheds', 'data', 'dem.tif'));
  const published = await readAsciiGrid(sharedData('pysheds', 'data', 'dir.asc'));
  expect(directionAgreement(innerCells(dem), terrainOf(dem), published.values, dem)).toBeGreaterThan(0.96);
});
