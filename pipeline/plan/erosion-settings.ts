import { erodibilityPerUsUnit } from '../../models/erosion/units.ts';
import { biologicalPracticeConstants } from '../../models/parameters/biological-practice.ts';
import type { CodedRow } from '../../models/parameters/confidence.ts';
import { isUncertain } from '../../models/parameters/confidence.ts';
import { engineeringMeasures } from '../../models/parameters/engineering-measures.ts';
import { landUseClasses } from '../../models/parameters/land-use-classes.ts';
import { rotationZones, tillageMeasures } from '../../models/parameters/tillage-measures.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { CodesInput, RunFile } from '../inputs/run-file-schema.ts';
import { defaultErodibilityMethod } from '../inputs/settings/method-choice.ts';
import { userError } from '../messages/user-error.ts';
import {
  type CodedFactorParameters,
  type CoverParameters,
  type CsleParameters,
  type LandUseParameters,
  ownPracticeInputs,
  type RusleParameters,
  type SoilParameters,
} from '../tasks/erosion-parameters.ts';
import type { UnverifiedParameter } from '../tasks/report-parameters.ts';
import { landUseCrosswalk } from './land-use-crosswalk.ts';
import { bandsUpTo, layerParameters, layerRange } from './layer-parameters.ts';
import { type ToleranceSettings, toleranceRegions, toleranceSettings } from './tolerance-settings.ts';

/** What the run file asks of the annual equation, with the official tables filled in. */
export interface ErosionSettings {
  readonly landUse: LandUseParameters;
  readonly soil: SoilParameters;
  readonly practice: CsleParameters | RusleParameters;
  readonly tolerance: ToleranceSettings;
  readonly unverified: readonly UnverifiedParameter[];
}

export function erosionSettings(loaded: LoadedRun): ErosionSettings {
  const { run } = loaded;
  const unverified: UnverifiedParameter[] = [];
  return {
    landUse: {
      ...layerParameters(run.inputs.landUse, layerRange.code),
      codes: landUseCodes(run),
    },
    soil: soilSettings(run),
    tolerance: verifiedTolerance(loaded, unverified),
    practice: run.model === 'CSLE' ? csleSettings(loaded, unverified) : rusleSettings(loaded),
    unverified,
  };
}

function verifiedTolerance(loaded: LoadedRun, unverified: UnverifiedParameter[]): ToleranceSettings {
  const settings = toleranceSettings(loaded);
  const region = toleranceRegions.get(loaded.run.classes.toleranceRegion ?? '');
  if (region && isUncertain(region))
    unverified.push({ factor: 'tolerance', code: region.code, value: region.value!, ...region.name });
  return settings;
}

function landUseCodes(run: RunFile): Record<string, number> {
  const { scheme, crosswalk } = run.inputs.landUse;
  const official = new Set<number>(landUseClasses.map(({ code }) => code));
  for (const [from, to] of Object.entries(crosswalk))
    if (!official.has(to))
      throw userError(
        'crosswalk-target-unknown',
        run.inputs.landUse.file,
        { zh: `crosswalk 把 ${from} 映射到 ${to}`, en: `the crosswalk maps ${from} to ${to}` },
        { zh: `应为二级类代码 ${[...official].join('、')}`, en: `expected a class code: ${[...official].join(', ')}` },
        { zh: '请改正运行文件', en: 'correct the run file' },
      );
  return { ...landUseCrosswalk(scheme), ...crosswalk };
}

const erodibilityScale = (unit: 'SI' | 'US'): number => (unit === 'US' ? erodibilityPerUsUnit : 1);

function soilSettings(run: RunFile): SoilParameters {
  const { soil } = run.inputs;
  if (soil.kind === 'erodibility-raster')
    return { kind: 'ready', layer: layerParameters(soil, layerRange.erodibility, erodibilityScale(soil.unit)) };
  if (soil.kind === 'erodibility-by-class') {
    const factor = erodibilityScale(soil.unit);
    const values = Object.fromEntries(Object.entries(soil.values).map(([code, value]) => [code, value * factor]));
    return { kind: 'classes', layer: layerParameters(soil, layerRange.code), values };
  }
  const organic = soil.organicCarbon ?? soil.organicMatter;
  return {
    kind: 'texture',
    method: run.methods.soilErodibility ?? defaultErodibilityMethod,
    sand: layerParameters(soil.sand, layerRange.percent),
    silt: layerParameters(soil.silt, layerRange.percent),
    clay: layerParameters(soil.clay, layerRange.percent),
    organic: organic ? layerParameters(organic, layerRange.percent) : null,
    organicIs: soil.organicCarbon ? 'carbon' : 'matter',
    structure: soil.structure ?? null,
    permeability: soil.permeability ?? null,
  };
}

/** Values of a table with the run's own laid over; official rows that are doubtful are noted. */
function tableValues(
  factor: string,
  rows: readonly CodedRow<number, string | number>[],
  own: Readonly<Record<string, number>>,
  unverified: UnverifiedParameter[],
): Record<string, number> {
  const values: Record<string, number> = {};
  for (const row of rows) {
    if (own[row.code] !== undefined || row.value === null) continue;
    values[row.code] = row.value;
    if (isUncertain(row)) unverified.push({ factor, code: String(row.code), value: row.value, ...row.name });
  }
  return { ...values, ...own };
}

function csleSettings(loaded: LoadedRun, unverified: UnverifiedParameter[]): CsleParameters {
  const { run } = loaded;
  const { inputs, parameters, methods } = run;
  if (methods.biologicalPractice === 'half-month' && !inputs.vegetationCover)
    throw userError(
      'cover-missing',
      loaded.path,
      { zh: '没有 inputs.vegetationCover', en: 'inputs.vegetationCover is missing' },
      { zh: '半月 B 因子需要 24 期植被覆盖', en: 'half-month B needs 24 layers of vegetation cover' },
      {
        zh: '请提供数据，或设 methods.biologicalPractice: constants 并给出各类 B 值',
        en: 'supply it, or set methods.biologicalPractice: constants and give B by class',
      },
    );
  if (!inputs.rotationZones && !parameters.assumeTillageOne)
    throw userError(
      'tillage-missing',
      loaded.path,
      { zh: '耕地没有 T 因子来源（inputs.rotationZones）', en: 'cropland has no source of T (inputs.rotationZones)' },
      { zh: '应按县提供轮作区或耕作措施', en: 'expected rotation zones or tillage measures' },
      {
        zh: '请提供数据，或设 parameters.assumeTillageOne: true',
        en: 'supply them, or set parameters.assumeTillageOne: true',
      },
    );
  return {
    model: 'CSLE',
    biological: methods.biologicalPractice,
    biologicalConstants: tableValues('B', biologicalPracticeConstants, parameters.biologicalPractice, unverified),
    cover: inputs.vegetationCover ? coverSettings(inputs.vegetationCover) : null,
    understorey: inputs.understoreyCover
      ? layerParameters(
          inputs.understoreyCover,
          layerRange.fraction,
          inputs.understoreyCover.content === 'cover-percent' ? 0.01 : 1,
        )
      : null,
    understoreyConstant: parameters.understoreyCover ?? null,
    engineering: inputs.engineeringMeasures
      ? codedFactor(
          inputs.engineeringMeasures,
          tableValues('E', engineeringMeasures, parameters.engineeringPractice, unverified),
        )
      : null,
    tillage: inputs.rotationZones
      ? codedFactor(
          inputs.rotationZones,
          tableValues('T', [...rotationZones, ...tillageMeasures], parameters.tillagePractice, unverified),
        )
      : null,
    inputs: ownPracticeInputs,
  };
}

function codedFactor(input: CodesInput, values: Readonly<Record<string, number>>): CodedFactorParameters {
  return input.kind === 'polygons'
    ? { from: 'polygons', layer: null, values }
    : { from: 'raster', layer: layerParameters(input, layerRange.code), values };
}

function coverSettings(input: NonNullable<RunFile['inputs']['vegetationCover']>): CoverParameters {
  const bands = bandsUpTo(24);
  if (input.content === 'ndvi')
    return {
      kind: 'ndvi',
      layer: layerParameters(input, layerRange.ndvi, input.scale ?? 1, bands),
      soil: input.ndviSoil ?? 0.05,
      vegetation: input.ndviVegetation ?? 0.9,
    };
  const scale = input.content === 'cover-percent' ? 0.01 : 1;
  return { kind: 'cover', layer: layerParameters(input, layerRange.fraction, scale * (input.scale ?? 1), bands) };
}

function rusleSettings(loaded: LoadedRun): RusleParameters {
  const { inputs, methods, parameters } = loaded.run;
  const values = parameters.supportPractice;
  return {
    model: 'RUSLE',
    coverManagement: inputs.coverManagement
      ? { kind: 'raster', layer: layerParameters(inputs.coverManagement, layerRange.factor) }
      : Object.keys(parameters.coverManagement).length > 0
        ? { kind: 'land-use', values: parameters.coverManagement }
        : rusleCover(loaded),
    supportPractice: inputs.supportPractice
      ? { kind: 'raster', layer: layerParameters(inputs.supportPractice, layerRange.factor) }
      : methods.supportPractice
        ? { kind: 'slope', method: methods.supportPractice }
        : Object.keys(values).length > 0
          ? { kind: 'land-use', values }
          : { kind: 'one' },
  };
}

function rusleCover(loaded: LoadedRun): RusleParameters['coverManagement'] {
  const { inputs, methods } = loaded.run;
  if (!inputs.vegetationCover || !methods.coverManagement)
    throw userError(
      'cover-management-missing',
      loaded.path,
      { zh: 'RUSLE 没有 C 因子来源', en: 'RUSLE has no source of C' },
      {
        zh: '应有 inputs.coverManagement、parameters.coverManagement，或植被覆盖加 methods.coverManagement',
        en: 'expected inputs.coverManagement, parameters.coverManagement, or vegetation cover with methods.coverManagement',
      },
      { zh: '请补充其一', en: 'supply one of them' },
    );
  return { kind: 'cover', method: methods.coverManagement, cover: coverSettings(inputs.vegetationCover) };
}
