import { ErosionError } from '../../../models/errors.ts';
import type { CellFactorMethod, FactorMethod, FactorName } from '../../../models/factors/factor-method.ts';
import { factorMethods } from '../../../models/factors/registry.ts';
import { slopeInput } from '../../../models/factors/slope-input.ts';
import { suggestion } from '../run-file-issues.ts';
import type { RunFile } from '../run-file-schema.ts';
import { lengthMethod, soilMethod } from './method-choice.ts';
import { settingError, type WrittenRun } from './written-run.ts';

/** Texture rasters can give all of these. */
const textureColumns = [
  'sand',
  'silt',
  'clay',
  'organicCarbon',
  'organicMatter',
  'siltAndVeryFineSand',
  'structureClass',
  'permeabilityClass',
];

const readsOnly = (method: FactorMethod, names: readonly string[]): boolean =>
  method.kind === 'cell' && method.inputs.every(({ name }) => names.includes(name));

/** Methods that can be computed from the inputs of the run, by setting. */
function fitting(run: RunFile): readonly { path: readonly string[]; factor: FactorName; fits: readonly string[] }[] {
  const of = (factor: FactorName, fits: (method: FactorMethod) => boolean): string[] =>
    (factorMethods[factor] as readonly FactorMethod[]).filter(fits).map(({ id }) => id);
  const every = (): boolean => true;
  const { rain } = run.inputs;
  const forRain = (method: FactorMethod): boolean =>
    rain.kind === 'monthly-raster'
      ? method.kind === 'monthlyRain'
      : rain.kind === 'annual-raster'
        ? readsOnly(method, ['annualRain', 'meanAnnualRain'])
        : method.kind === 'dailyRain';
  return [
    { path: ['methods', 'rainfallErosivity'], factor: 'rainfallErosivity', fits: of('rainfallErosivity', forRain) },
    {
      path: ['methods', 'soilErodibility'],
      factor: 'soilErodibility',
      fits: of('soilErodibility', (method) => readsOnly(method, textureColumns)),
    },
    {
      path: ['methods', 'slopeSteepness', 'method'],
      factor: 'slopeSteepness',
      fits: of('slopeSteepness', every),
    },
    { path: ['methods', 'slopeLength', 'method'], factor: 'slopeLength', fits: of('slopeLength', every) },
    {
      path: ['methods', 'coverManagement'],
      factor: 'coverManagement',
      fits: of('coverManagement', (method) => readsOnly(method, ['coverPercent', 'julyCoverPercent', 'ndvi'])),
    },
    {
      path: ['methods', 'supportPractice'],
      factor: 'supportPractice',
      fits: of('supportPractice', (method) => readsOnly(method, [slopeInput.name])),
    },
  ];
}

/**
 * Every method the run file names exists, can be computed from the run's inputs, has what it reads, and takes the values
 * it is given.
 */
export function refuseMethods(run: WrittenRun): void {
  for (const { path, factor, fits } of fitting(run.run)) {
    const id = path.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], run.run);
    if (typeof id !== 'string' || fits.includes(id)) continue;
    const exists = (factorMethods[factor] as readonly FactorMethod[]).some((method) => method.id === id);
    throw settingError(
      run,
      exists ? 'method-unfit' : 'method-unknown',
      path,
      exists
        ? { zh: `为“${id}”，不适用于本次运行的输入`, en: `is “${id}”, which does not fit the inputs of the run` }
        : { zh: `为“${id}”，没有这种方法`, en: `is “${id}”, which is no method` },
      { zh: `可用：${fits.join('、')}`, en: `fitting are ${fits.join(', ')}` },
      suggestion(id, fits),
    );
  }
  refuseValues(run);
  refuseMissingSoil(run);
  refuseCoverWithoutNdvi(run);
}

/** Values the slope methods do not take, such as an exponent table that there is not. */
function refuseValues(run: WrittenRun): void {
  const { slopeLength } = run.run.methods;
  const method = lengthMethod(run.run);
  if (slopeLength.exponent === undefined) return;
  try {
    method.prepare({ exponent: slopeLength.exponent });
  } catch (error) {
    if (!(error instanceof ErosionError)) throw error;
    const choices = (method.parameters.exponent?.choices ?? []).map(String);
    throw settingError(
      run,
      'method-unknown',
      ['methods', 'slopeLength', 'exponent'],
      {
        zh: `为“${slopeLength.exponent}”，没有这种坡长指数`,
        en: `is “${slopeLength.exponent}”, which is no exponent of slope length`,
      },
      { zh: `可用：${choices.join('、')}`, en: `fitting are ${choices.join(', ')}` },
      suggestion(slopeLength.exponent, choices),
    );
  }
}

/** The soil method has everything it reads. */
function refuseMissingSoil(run: WrittenRun): void {
  const { soil } = run.run.inputs;
  if (soil.kind !== 'texture-rasters') return;
  const method = soilMethod(run.run);
  const reads = new Set<string>(method.inputs.map(({ name }) => name));
  const needs =
    (reads.has('organicCarbon') || reads.has('organicMatter')) && !soil.organicCarbon && !soil.organicMatter;
  const missing = needs
    ? 'organicCarbon'
    : reads.has('structureClass') && soil.structure === undefined
      ? 'structure'
      : reads.has('permeabilityClass') && soil.permeability === undefined
        ? 'permeability'
        : undefined;
  if (missing === undefined) return;
  throw settingError(
    run,
    'soil-input-missing',
    ['inputs', 'soil', missing],
    { zh: '没有给出', en: 'is missing' },
    { zh: `方法“${method.id}”需要它`, en: `method “${method.id}” reads it` },
    { zh: '请补充，或在 methods.soilErodibility 换一种方法', en: 'add it, or choose another methods.soilErodibility' },
  );
}

/** A method on NDVI needs NDVI; cover cannot be turned back into it. */
function refuseCoverWithoutNdvi(run: WrittenRun): void {
  const { inputs, methods } = run.run;
  const method = (factorMethods.coverManagement as readonly CellFactorMethod[]).find(
    ({ id }) => id === methods.coverManagement,
  );
  if (method?.inputs[0]?.name !== 'ndvi' || !inputs.vegetationCover || inputs.vegetationCover.content === 'ndvi')
    return;
  throw settingError(
    run,
    'method-unfit',
    ['methods', 'coverManagement'],
    { zh: `为“${method.id}”，需要 NDVI`, en: `is “${method.id}”, which reads NDVI` },
    {
      zh: `inputs.vegetationCover 为 ${inputs.vegetationCover.content}`,
      en: `inputs.vegetationCover holds ${inputs.vegetationCover.content}`,
    },
    { zh: '请提供 NDVI（content: ndvi）或更换方法', en: 'supply NDVI (content: ndvi) or choose another method' },
  );
}
