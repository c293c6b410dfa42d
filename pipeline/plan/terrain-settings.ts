import type { CellFactorMethod } from '../../models/factors/factor-method.ts';
import { factorMethod } from '../../models/factors/registry.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { terrainDefaults } from '../inputs/settings/method-choice.ts';
import { userError } from '../messages/user-error.ts';
import type { TerrainParameters } from '../tasks/terrain/terrain-methods.ts';

/** Terrain settings of a run file. @throws UserError for a setting its method does not have */
export function terrainSettings(loaded: LoadedRun): TerrainParameters {
  const { model, methods } = loaded.run;
  const { slopeSteepness, slopeLength } = methods;
  const steepness = slopeSteepness.method ?? terrainDefaults[model].steepness;
  const length = slopeLength.method ?? terrainDefaults[model].length;
  const steepnessSettings = given({
    steepCoefficient: slopeSteepness.steepCoefficient,
    maxSlopeDegrees: slopeSteepness.maxSlopeDegrees,
  });
  const lengthSettings = given({
    exponent: slopeLength.exponent,
    rillSusceptibility: slopeLength.rillSusceptibility,
  });
  requireSettings(loaded.path, 'methods.slopeSteepness', 'slopeSteepness', steepness, steepnessSettings);
  requireSettings(loaded.path, 'methods.slopeLength', 'slopeLength', length, lengthSettings);
  return {
    steepness: { method: steepness, settings: steepnessSettings },
    length: { method: length, settings: lengthSettings },
    variant: slopeLength.variant,
    gentleCutOff: slopeLength.cutOffGentle,
    steepCutOff: slopeLength.cutOffSteep,
    channelAreaSquareMetres: slopeLength.channelThresholdSquareKilometres * 1e6,
    maxSlopeLengthMetres: slopeLength.maxSlopeLengthMetres ?? null,
  };
}

type Settings = Record<string, string | number>;

const given = (settings: Record<string, string | number | undefined>): Settings =>
  Object.fromEntries(
    Object.entries(settings).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );

function requireSettings(
  file: string,
  place: string,
  factor: 'slopeSteepness' | 'slopeLength',
  id: string,
  settings: Settings,
): void {
  const method = factorMethod(factor, id) as CellFactorMethod;
  const known = Object.keys(method.parameters);
  for (const name of Object.keys(settings))
    if (!known.includes(name))
      throw userError(
        'method-setting-unknown',
        file,
        { zh: `${place}：方法“${id}”没有参数 ${name}`, en: `${place}: method “${id}” has no setting ${name}` },
        { zh: `可用参数：${known.join('、') || '无'}`, en: `its settings: ${known.join(', ') || 'none'}` },
        { zh: '请删除该参数或更换方法', en: 'remove it or choose another method' },
      );
}
