import type { CommonLayers, PracticeLayer } from '../../models/erosion/annual-erosion.ts';
import { causeCode } from '../../models/erosion/nodata-cause.ts';
import {
  biologicalPractice,
  biologicalPracticeRules,
  needsUnderstorey,
} from '../../models/factors/biological-practice-half-month-csle2018.ts';
import type { CellFactorMethod } from '../../models/factors/factor-method.ts';
import { factorMethod } from '../../models/factors/registry.ts';
import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import { isCropland } from '../../models/parameters/land-use-classes.ts';
import { readCodes } from './code-window.ts';
import { readCover } from './cover-window.ts';
import type { CsleParameters, RusleParameters } from './erosion-parameters.ts';
import type { Erosivity } from './erosivity-window.ts';
import { readContinuous } from './read-layer.ts';

export interface PracticeContext {
  readonly layers: CommonLayers;
  readonly erosivity: Erosivity;
  readonly target: GridSpec;
  /** The window inside the tile, for inputs that are tiles. */
  readonly inTile: CellWindow;
  readonly paths: (name: string) => Promise<string>;
}

/** B, E, T of CSLE or C, P of RUSLE over a window, in the order of the equation. */
export async function practiceLayers(
  parameters: CsleParameters | RusleParameters,
  context: PracticeContext,
): Promise<Readonly<Record<string, PracticeLayer>>> {
  if (parameters.model === 'RUSLE')
    return {
      C: await coverManagement(parameters.coverManagement, context),
      P: await supportPractice(parameters.supportPractice, context),
    };
  return {
    B: await biologicalPracticeLayer(parameters, context),
    E: await engineeringPractice(parameters, context),
    T: await tillagePractice(parameters, context),
  };
}

/** B: constants where the land use has one, else soil loss ratios of 24 half-months weighted by erosivity. */
async function biologicalPracticeLayer(parameters: CsleParameters, context: PracticeContext): Promise<PracticeLayer> {
  const { landUse } = context.layers;
  const values = new Float32Array(landUse.length);
  const causes = new Uint8Array(landUse.length);
  const rules = biologicalPracticeRules(parameters.biologicalConstants);
  const seasonal = parameters.biological === 'half-month' && landUse.some((code) => rules.get(code)?.kind === 'cover');
  const cover = seasonal ? await readCover(await context.paths('cover'), parameters.cover!, context.target) : [];
  const understorey =
    seasonal && parameters.understorey !== null
      ? (await readContinuous(await context.paths('understorey'), parameters.understorey, context.target))[0]!
      : undefined;

  const coverOfCell = new Float64Array(24);
  const understoreyOfCell = new Float64Array(24);
  const weights = new Float64Array(24);
  for (let cell = 0; cell < landUse.length; cell++) {
    const code = landUse[cell]!;
    if (rules.get(code)?.kind === 'cover') {
      let lowest = Number.POSITIVE_INFINITY;
      for (let k = 0; k < 24; k++) {
        coverOfCell[k] = seasonal ? cover[k]![cell]! : Number.NaN;
        lowest = Math.min(lowest, coverOfCell[k]!);
      }
      understoreyOfCell.fill(understorey?.[cell] ?? parameters.understoreyConstant ?? Number.NaN);
      erosivityWeights(context.erosivity, cell, weights);
      if (Number.isNaN(lowest)) causes[cell] = causeCode.cover;
      else if (needsUnderstorey(code, rules) && Number.isNaN(understoreyOfCell[0]!))
        causes[cell] = causeCode.understorey;
    }
    values[cell] = biologicalPractice(code, coverOfCell, understoreyOfCell, weights, rules);
  }
  return { values, causes, cause: causeCode['cover-practice'] };
}

/** WR_k of a cell. Without erosive rain R is 0 and so is A, whatever B: the half-months then weigh alike. */
function erosivityWeights(erosivity: Erosivity, cell: number, out: Float64Array): void {
  const total = erosivity.annual[cell]!;
  for (let k = 0; k < 24; k++)
    out[k] = total > 0 && erosivity.halfMonth ? erosivity.halfMonth[k]![cell]! / total : 1 / 24;
}

/** E: by code of the measure, 1 where there is none. */
async function engineeringPractice(parameters: CsleParameters, context: PracticeContext): Promise<PracticeLayer> {
  const cells = context.layers.landUse.length;
  const cause = causeCode.engineering;
  if (parameters.engineering === null) return { values: new Float32Array(cells).fill(1), cause };
  const codes = await readCodes(await context.paths('engineering'), parameters.engineering, context);
  return { values: codes.values(1), cause };
}

/** T: on cropland by rotation zone or tillage measure, elsewhere 1. */
async function tillagePractice(parameters: CsleParameters, context: PracticeContext): Promise<PracticeLayer> {
  const { landUse } = context.layers;
  const cause = causeCode.tillage;
  const values = new Float32Array(landUse.length).fill(1);
  if (parameters.tillage === null) return { values, cause };
  const codes = await readCodes(await context.paths('tillage'), parameters.tillage, context);
  const byZone = codes.values(Number.NaN);
  for (let cell = 0; cell < values.length; cell++) if (isCropland(landUse[cell]!)) values[cell] = byZone[cell]!;
  return { values, cause };
}

async function coverManagement(
  parameters: RusleParameters['coverManagement'],
  context: PracticeContext,
): Promise<PracticeLayer> {
  const cause = causeCode['cover-practice'];
  if (parameters.kind === 'raster')
    return {
      values: (await readContinuous(await context.paths('coverManagement'), parameters.layer, context.target))[0]!,
      cause,
    };
  if (parameters.kind === 'land-use') return { values: byLandUse(context.layers.landUse, parameters.values), cause };
  return { values: await coverManagementFromCover(parameters, context), cause };
}

/** C by a method on the mean of the year, or of July, of cover in percent or of NDVI itself. */
async function coverManagementFromCover(
  parameters: Extract<RusleParameters['coverManagement'], { kind: 'cover' }>,
  context: PracticeContext,
): Promise<Float32Array> {
  const method = factorMethod('coverManagement', parameters.method) as CellFactorMethod;
  const [reads] = method.inputs;
  const path = await context.paths('cover');
  const fromNdvi = reads!.name === 'ndvi';
  const halfMonths = fromNdvi
    ? await readContinuous(path, parameters.cover.layer, context.target)
    : await readCover(path, parameters.cover, context.target);
  const bands = reads!.name === 'julyCoverPercent' ? halfMonths.slice(12, 14) : halfMonths;
  const values = new Float32Array(context.layers.landUse.length);
  for (let cell = 0; cell < values.length; cell++) {
    let sum = 0;
    for (const band of bands) sum += band[cell]!;
    const mean = sum / bands.length;
    values[cell] = method.evaluate(fromNdvi ? mean : mean * 100);
  }
  return values;
}

async function supportPractice(
  parameters: RusleParameters['supportPractice'],
  context: PracticeContext,
): Promise<PracticeLayer> {
  const cause = causeCode['support-practice'];
  const { landUse, slopeDegrees } = context.layers;
  if (parameters.kind === 'raster')
    return {
      values: (await readContinuous(await context.paths('supportPractice'), parameters.layer, context.target))[0]!,
      cause,
    };
  if (parameters.kind === 'land-use') return { values: byLandUse(landUse, parameters.values), cause };
  if (parameters.kind === 'one') return { values: new Float32Array(landUse.length).fill(1), cause };
  const evaluate = (factorMethod('supportPractice', parameters.method) as CellFactorMethod).evaluate;
  return { values: slopeDegrees.map((slope) => evaluate(slope)), cause };
}

function byLandUse(landUse: Uint8Array, table: Readonly<Record<string, number>>): Float32Array {
  const values = new Map(Object.entries(table).map(([code, value]) => [Number(code), value]));
  return Float32Array.from(landUse, (code) => values.get(code) ?? Number.NaN);
}
