import {
  type CommonLayers,
  landUseNodata,
  landUseUnmapped,
  nodataCauses,
  type PracticeLayer,
} from '../../models/erosion/annual-erosion.ts';
import { classifyIntensity } from '../../models/erosion/classify-sl190.ts';
import { erosionModulus } from '../../models/erosion/soil-loss.ts';
import { mergeWaterWind } from '../../models/erosion/merge-water-wind.ts';
import { classifyWindErosion } from '../../models/erosion/wind-erosion-class.ts';
import { type CellWindow, type GridSpec, windowGrid } from '../../models/grid/grid-spec.ts';
import { openRaster } from '../formats/raster-read.ts';
import type { ErosionTileParameters, LandUseParameters, SoilParameters } from './erosion-parameters.ts';
import { type Erosivity, readErosivity } from './erosivity-window.ts';
import { practiceLayers } from './practice-layers.ts';
import { readClasses, readContinuous } from './read-layer.ts';
import { soilErodibilityFromTexture } from './soil-texture-window.ts';

/** Local paths of the inputs of an erosion task, by input name. */
export type InputPaths = (name: string) => Promise<string>;

/** Result of the annual equation over a window of the grid. */
export interface ErosionWindow {
  readonly layers: CommonLayers;
  readonly erosivity: Erosivity;
  /** Factors in the order of the equation, by symbol. */
  readonly factors: Readonly<Record<string, Float32Array>>;
  readonly practices: Readonly<Record<string, PracticeLayer>>;
  readonly zones: readonly Uint16Array[];
  /** t·km⁻²·a⁻¹, NaN = nodata. */
  readonly modulus: Float32Array;
  /** 1–6, 0 = nodata; of water and wind the higher class. */
  readonly intensity: Uint8Array;
  /** Modulus of wind erosion, t·km⁻²·a⁻¹, NaN outside its raster; undefined in a run without one. */
  readonly windModulus: Float32Array | undefined;
  /** Agent that decides the class: 1 water, 2 wind, 0 = nodata; undefined in a run without wind erosion. */
  readonly agent: Uint8Array | undefined;
  readonly cause: Uint8Array;
}

/**
 * Computes the annual equation over any window of the grid. The value of a cell does not depend on the window it is asked
 * for in, so a tile, a strip of it and a single cell give the same bytes.
 *
 * @param window cells of the grid
 * @param tile cells of the grid that the tile inputs (terrain, zones, polygon codes) cover; contains the window
 */
export async function erosionWindow(
  parameters: ErosionTileParameters,
  tile: CellWindow,
  window: CellWindow,
  paths: InputPaths,
): Promise<ErosionWindow> {
  const target = windowGrid(parameters.grid, window);
  const inTile: CellWindow = {
    x0: window.x0 - tile.x0,
    y0: window.y0 - tile.y0,
    width: window.width,
    height: window.height,
  };
  const cells = window.width * window.height;

  const [slopeDegrees, slopeLengthFactor, slopeSteepnessFactor] = await readTerrain(await paths('terrain'), inTile);
  const zones: Uint16Array[] = [];
  for (const id of parameters.zoneSets) zones.push(await readTileBand(await paths(`zones-${id}`), inTile));
  const landUse = await readLandUse(await paths('landUse'), parameters.landUse, target);
  const erosivity = await readErosivity(await paths('erosivity'), parameters.erosivity, target);
  const soilErodibility = await readSoilErodibility(paths, parameters.soil, target);
  const tolerance =
    parameters.tolerance === null
      ? new Float32Array(cells).fill(parameters.toleranceConstant)
      : (await readContinuous(await paths('tolerance'), parameters.tolerance, target))[0]!;

  const layers: CommonLayers = {
    area: zones[0]!,
    slopeDegrees,
    rainfallErosivity: erosivity.annual,
    soilErodibility,
    slopeLengthFactor,
    slopeSteepnessFactor,
    landUse,
    tolerance,
  };
  const practices = await practiceLayers(parameters.practice, { layers, erosivity, target, inTile, paths });
  const factors: Record<string, Float32Array> = {
    R: erosivity.annual,
    K: soilErodibility,
    L: slopeLengthFactor,
    S: slopeSteepnessFactor,
    ...Object.fromEntries(Object.entries(practices).map(([symbol, { values }]) => [symbol, values])),
  };
  const cause = nodataCauses(layers, Object.values(practices));
  const modulus = erosionModulus(Object.values(factors), new Float32Array(cells));
  for (let i = 0; i < cells; i++) if (cause[i] !== 0) modulus[i] = Number.NaN;
  const waterClass = classifyIntensity(modulus, tolerance, new Uint8Array(cells));
  const water = { layers, erosivity, factors, practices, zones, modulus, cause };
  if (parameters.windErosion === null)
    return { ...water, intensity: waterClass, windModulus: undefined, agent: undefined };
  const [windModulus] = await readContinuous(await paths('windErosion'), parameters.windErosion, target);
  const windClass = classifyWindErosion(windModulus!, new Uint8Array(cells));
  const agent = new Uint8Array(cells);
  const intensity = mergeWaterWind(waterClass, windClass, agent, new Uint8Array(cells));
  return { ...water, intensity, windModulus, agent };
}

async function readTerrain(path: string, window: CellWindow): Promise<[Float32Array, Float32Array, Float32Array]> {
  const raster = openRaster(path);
  try {
    const read = async (band: number) => (await raster.read(band, window)) as Float32Array;
    return [await read(1), await read(3), await read(4)];
  } finally {
    raster.close();
  }
}

/** Zone or code indices of a tile raster. */
export async function readTileBand(path: string, window: CellWindow): Promise<Uint16Array> {
  const raster = openRaster(path);
  try {
    return Uint16Array.from(await raster.read(1, window));
  } finally {
    raster.close();
  }
}

async function readLandUse(path: string, parameters: LandUseParameters, target: GridSpec): Promise<Uint8Array> {
  const stored = await readClasses(path, parameters, target);
  const codes = new Map(Object.entries(parameters.codes).map(([from, to]) => [Number(from), to]));
  const out = new Uint8Array(stored.length);
  for (let i = 0; i < out.length; i++)
    out[i] = Number.isNaN(stored[i]!) ? landUseNodata : (codes.get(stored[i]!) ?? landUseUnmapped);
  return out;
}

async function readSoilErodibility(paths: InputPaths, soil: SoilParameters, target: GridSpec): Promise<Float32Array> {
  if (soil.kind === 'ready') return (await readContinuous(await paths('soilErodibility'), soil.layer, target))[0]!;
  if (soil.kind === 'classes') {
    const classes = await readClasses(await paths('soilClasses'), soil.layer, target);
    const values = new Map(Object.entries(soil.values).map(([code, value]) => [Number(code), value]));
    return classes.map((code) => values.get(code) ?? Number.NaN);
  }
  return soilErodibilityFromTexture(paths, soil, target);
}
