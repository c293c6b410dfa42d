import type { FactorName } from '../../models/factors/factor-method.ts';
import { factorMethod, factorMethodIds } from '../../models/factors/registry.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import type { RunFile } from '../inputs/run-file-schema.ts';
import type { Text } from '../messages/text.ts';
import type { ErosionSettings } from '../plan/erosion-settings.ts';
import { erosivityMethod } from '../plan/plan-erosivity.ts';
import { terrainSettings } from '../plan/terrain-settings.ts';

/** Where a factor of a run comes from: its method, who published it, and the files it was computed from. */
export interface FactorProvenance {
  readonly symbol: string;
  readonly name: Text;
  readonly unit: string;
  /** Method id of the registry, or `ready` for the user's own raster. */
  readonly method: string;
  /** Version of the method; 0 where there is no formula. */
  readonly version: number;
  readonly citation: string;
  readonly formula: string;
  /** As written in the run file. */
  readonly files: readonly string[];
}

/** The factors of a run in the order of its equation. */
export function factorProvenance(loaded: LoadedRun, settings: ErosionSettings): readonly FactorProvenance[] {
  const { run } = loaded;
  const terrain = terrainSettings(loaded);
  const elevation = [run.inputs.elevation.file];
  const rain = erosivityMethod(run);
  const soil = soilMethod(settings);
  const common = [
    describe('R', 'rainfallErosivity', rain, rainFiles(run)),
    describe('K', 'soilErodibility', soil, soilFiles(run)),
    describe('L', 'slopeLength', terrain.length.method, elevation),
    describe('S', 'slopeSteepness', terrain.steepness.method, elevation),
  ];
  return [...common, ...(settings.practice.model === 'CSLE' ? csle(run, settings) : rusle(run, settings))];
}

const names: Readonly<Record<string, Text>> = {
  R: { zh: '降雨侵蚀力因子', en: 'rainfall erosivity' },
  K: { zh: '土壤可蚀性因子', en: 'soil erodibility' },
  L: { zh: '坡长因子', en: 'slope length factor' },
  S: { zh: '坡度因子', en: 'slope steepness factor' },
  B: { zh: '植被覆盖与生物措施因子', en: 'vegetation cover and biological practice' },
  E: { zh: '工程措施因子', en: 'engineering practice' },
  T: { zh: '耕作措施因子', en: 'tillage practice' },
  C: { zh: '覆盖与管理因子', en: 'cover management' },
  P: { zh: '水土保持措施因子', en: 'support practice' },
};

/** Chinese and English name of a factor by its symbol. */
export const factorName = (symbol: string): Text => names[symbol] ?? { zh: symbol, en: symbol };

const units: Readonly<Record<string, string>> = {
  R: 'MJ·mm·hm⁻²·h⁻¹·a⁻¹',
  K: 't·hm²·h·hm⁻²·MJ⁻¹·mm⁻¹',
};

/** Unit of a factor by its symbol; `1` is dimensionless. */
export const factorUnit = (symbol: string): string => units[symbol] ?? '1';

/** A method that is no formula: the values come ready, or are a constant. */
const readyMethods: Readonly<Record<string, string>> = {
  ready: '用户提供的栅格 supplied raster',
  'by-class': '用户按代码给值 values by code',
  one: '取 1 taken as 1',
};

function describe(
  symbol: string,
  factor: FactorName,
  method: string,
  files: readonly (string | undefined)[],
): FactorProvenance {
  const known = factorMethodIds(factor).some((id) => id === method) ? factorMethod(factor, method) : undefined;
  return {
    symbol,
    name: factorName(symbol),
    unit: factorUnit(symbol),
    method,
    version: known?.version ?? 0,
    citation: known?.citation ?? readyMethods[method]!,
    formula: known?.formula ?? '',
    files: [...new Set(files.filter((file) => file !== undefined))],
  };
}

function rainFiles(run: RunFile): string[] {
  const { rain } = run.inputs;
  if (rain.kind === 'daily-stations') return [rain.file, rain.stations];
  return rain.kind === 'erosivity-raster' ? [rain.file] : rain.files.map(({ file }) => file);
}

function soilMethod({ soil }: ErosionSettings): string {
  if (soil.kind === 'texture') return soil.method;
  return soil.kind === 'ready' ? 'ready' : 'by-class';
}

function soilFiles({ inputs: { soil } }: RunFile): (string | undefined)[] {
  if (soil.kind !== 'texture-rasters') return [soil.file];
  return [soil.sand, soil.silt, soil.clay, soil.organicCarbon ?? soil.organicMatter].map((input) => input?.file);
}

function csle({ inputs, parameters }: RunFile, { practice }: ErosionSettings): FactorProvenance[] {
  if (practice.model !== 'CSLE') return [];
  const seasonal = practice.biological === 'half-month';
  const tillage = inputs.rotationZones;
  return [
    seasonal
      ? describe('B', 'biologicalPractice', 'half-month-cover', [
          inputs.landUse.file,
          inputs.vegetationCover?.file,
          inputs.understoreyCover?.file,
        ])
      : describe('B', 'biologicalPractice', 'land-use-table', [inputs.landUse.file]),
    inputs.engineeringMeasures
      ? describe('E', 'engineeringPractice', 'measure-table', [inputs.engineeringMeasures.file])
      : describe('E', 'engineeringPractice', 'one', []),
    tillage
      ? describe('T', 'tillagePractice', 'rotation-zone-table', [tillage.file, inputs.landUse.file])
      : describe('T', 'tillagePractice', parameters.assumeTillageOne ? 'one' : 'ready', []),
  ];
}

function rusle({ inputs }: RunFile, { practice }: ErosionSettings): FactorProvenance[] {
  if (practice.model !== 'RUSLE') return [];
  const { coverManagement: cover, supportPractice: support } = practice;
  const landUse = inputs.landUse.file;
  const c =
    cover.kind === 'raster'
      ? describe('C', 'coverManagement', 'ready', [inputs.coverManagement?.file])
      : cover.kind === 'land-use'
        ? describe('C', 'coverManagement', 'land-use-table', [landUse])
        : describe('C', 'coverManagement', cover.method, [inputs.vegetationCover?.file]);
  const p =
    support.kind === 'raster'
      ? describe('P', 'supportPractice', 'ready', [inputs.supportPractice?.file])
      : support.kind === 'land-use'
        ? describe('P', 'supportPractice', 'land-use-table', [landUse])
        : support.kind === 'slope'
          ? describe('P', 'supportPractice', support.method, [inputs.elevation.file])
          : describe('P', 'supportPractice', 'one', []);
  return [c, p];
}
