import type { CellFactorMethod } from '../../../models/factors/factor-method.ts';
import { factorMethod } from '../../../models/factors/registry.ts';
import type { RunFile } from '../run-file-schema.ts';

/** Method of erodibility where the run file names none. */
export const defaultErodibilityMethod = 'epic-zhang2008-china';

/** Methods of S and L where the run file names none. */
export const terrainDefaults = {
  CSLE: { steepness: 'csle-liu1994', length: 'csle-foster-wischmeier1974' },
  RUSLE: { steepness: 'mccool1987', length: 'desmet-govers1996' },
} as const;

/** Method of soil erodibility of a run with texture rasters. */
export const soilMethod = ({ methods }: RunFile): CellFactorMethod =>
  factorMethod('soilErodibility', methods.soilErodibility ?? defaultErodibilityMethod) as CellFactorMethod;

/** Method of slope length of a run. */
export const lengthMethod = ({ methods, model }: RunFile): CellFactorMethod =>
  factorMethod('slopeLength', methods.slopeLength.method ?? terrainDefaults[model].length) as CellFactorMethod;

/** Where C of RUSLE comes from, the first there is. */
export function coverManagementSource({ inputs, parameters }: RunFile): 'raster' | 'land-use' | 'cover' {
  if (inputs.coverManagement) return 'raster';
  return Object.keys(parameters.coverManagement).length > 0 ? 'land-use' : 'cover';
}

/** Where P of RUSLE comes from, the first there is. */
export function supportPracticeSource({ inputs, methods }: RunFile): 'raster' | 'slope' | 'land-use' {
  if (inputs.supportPractice) return 'raster';
  return methods.supportPractice ? 'slope' : 'land-use';
}
