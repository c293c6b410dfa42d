import type { CellFactorMethod } from '../../models/factors/factor-method.ts';
import { factorMethod } from '../../models/factors/registry.ts';
import type { GridSpec } from '../../models/grid/grid-spec.ts';
import type { LengthFactorMethod } from '../../models/terrain/length-factor-layer.ts';
import { type TerrainFactors, terrainFactors } from '../../models/terrain/terrain.ts';
import type { JsonValue } from './task.ts';

type MethodSettings = Readonly<Record<string, JsonValue>>;

/** Settings of slope length, L and S, as they stand in a plan. */
export interface TerrainParameters {
  readonly steepness: { readonly method: string; readonly settings: MethodSettings };
  readonly length: { readonly method: string; readonly settings: MethodSettings };
  readonly variant: 'aml' | 'ls-tool';
  readonly gentleCutOff: number;
  readonly steepCutOff: number;
  readonly channelAreaSquareMetres: number;
  readonly maxSlopeLengthMetres: number | null;
}

/** Terrain layers of a grid by named methods. */
export function terrainLayers(elevation: Float32Array, grid: GridSpec, parameters: TerrainParameters): TerrainFactors {
  const steepness = factorMethod('slopeSteepness', parameters.steepness.method) as CellFactorMethod;
  return terrainFactors(elevation, grid.width, grid.height, grid.cellSizeMetres, {
    steepnessFactor: steepness.prepare(parameters.steepness.settings),
    lengthFactor: lengthFactorMethod(parameters.length.method, parameters.length.settings),
    slopeLengthVariant: parameters.variant,
    gentleCutOff: parameters.gentleCutOff,
    steepCutOff: parameters.steepCutOff,
    channelAreaSquareMetres: parameters.channelAreaSquareMetres,
    ...(parameters.maxSlopeLengthMetres === null ? {} : { maxSlopeLengthMetres: parameters.maxSlopeLengthMetres }),
  });
}

/** The distances or areas a slope-length method reads decide which raster pass feeds it. */
function lengthFactorMethod(id: string, settings: MethodSettings): LengthFactorMethod {
  const method = factorMethod('slopeLength', id) as CellFactorMethod;
  const formula = method.prepare(settings);
  const [first] = method.inputs;
  if (first?.name === 'inletMetres') return { kind: 'segment', formula };
  if (first?.name === 'inletAreaSquareMetres') return { kind: 'area', formula };
  return { kind: 'whole', formula };
}
