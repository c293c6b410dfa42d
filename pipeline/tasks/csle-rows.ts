import type { PracticeLayer } from '../../models/erosion/annual-erosion.ts';
import { causeCode } from '../../models/erosion/nodata-cause.ts';
import { biologicalPracticeRules } from '../../models/factors/biological-practice-half-month-csle2018.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import {
  HalfMonthPractice,
  type PracticeInputs,
  type PracticeMemory,
} from '../../models/kernels/half-month-practice.ts';
import { isCropland } from '../../models/parameters/land-use-classes.ts';
import { measureEntries, valuesOfClasses, valuesOfPolygons } from './code-values.ts';
import { CoverBytes, readCover } from './cover-rows.ts';
import type { CodedFactorParameters, CsleParameters } from './erosion-parameters.ts';
import type { PracticePlace, PracticeReader } from './practice-reader.ts';

/** Reader of B, E and T. */
export function csleReader(parameters: CsleParameters, kernels: AnnualKernels, memory: PracticeMemory): PracticeReader {
  const rules = biologicalPracticeRules(parameters.biologicalConstants);
  const biological = biologicalReader(parameters, new HalfMonthPractice(rules, kernels, memory));
  const engineering = engineeringReader(parameters.engineering);
  const tillage = tillageReader(parameters.tillage);
  return (place) => [biological(place), engineering(place), tillage(place)];
}

type FactorReader = (place: PracticePlace) => PracticeLayer;

/** B: constants where the land use has one, else soil loss ratios of 24 half-months weighted by erosivity. */
function biologicalReader(parameters: CsleParameters, kernel: HalfMonthPractice): FactorReader {
  const coverBytes = parameters.cover === null ? undefined : new CoverBytes(parameters.cover);
  const coverAndUnderstorey = (place: PracticePlace): Pick<PracticeInputs, 'cover' | 'understorey'> => {
    const { strip, first, count } = place;
    const constant = parameters.understoreyConstant ?? Number.NaN;
    const surveyed = strip.layers.get('understorey');
    const understorey = surveyed === undefined ? constant : surveyed.readBytes(first, count);
    const cover = understorey === undefined ? undefined : coverBytes?.read(place);
    if (cover !== undefined && understorey !== undefined) return { cover, understorey };
    return {
      cover: readCover(parameters.cover!, place),
      understorey: surveyed?.read(first, count)[0] ?? constant,
    };
  };
  return (place) => {
    const { layers, halfMonth } = place;
    const { landUse } = layers;
    const values = place.out('B');
    const causes = new Uint8Array(landUse.length);
    const isSeasonal = parameters.biological === 'half-month' && kernel.needsCover(landUse);
    const seasonal = isSeasonal ? coverAndUnderstorey(place) : { cover: undefined, understorey: Number.NaN };
    kernel.evaluate({ landUse, ...seasonal, annual: layers.rainfallErosivity, halfMonth }, values, causes);
    return { values, causes, cause: causeCode['cover-practice'] };
  };
}

/** E: by code of the measure, 1 where there is none. */
function engineeringReader(parameters: CodedFactorParameters | null): FactorReader {
  const read = codedReader('engineering', parameters, 1);
  return (place) => {
    const values = place.out('E');
    read(place, values);
    return { values, cause: causeCode.engineering };
  };
}

/** T: on cropland by rotation zone or tillage measure, elsewhere 1. */
function tillageReader(parameters: CodedFactorParameters | null): FactorReader {
  const cause = causeCode.tillage;
  if (parameters === null) return (place) => ({ values: place.out('T').fill(1), cause });
  if (parameters.from === 'polygons') {
    return (place) => {
      const values = place.out('T');
      const { index, table } = polygonValues('tillage', parameters, Number.NaN, place);
      // Ones for land that is not tilled, then the table: one look-up, and no branch on land that changes all the time.
      const tables = new Float32Array(2 * table.length).fill(1, 0, table.length);
      tables.set(table, table.length);
      const start = Int32Array.from({ length: 256 }, (_, code) => (isCropland(code) ? table.length : 0));
      const { landUse } = place.layers;
      for (let cell = 0; cell < values.length; cell++) values[cell] = tables[start[landUse[cell]!]! + index[cell]!]!;
      return { values, cause };
    };
  }
  const read = codedReader('tillage', parameters, Number.NaN);
  const isCroplandCode = Uint8Array.from({ length: 256 }, (_, code) => (isCropland(code) ? 1 : 0));
  return (place) => {
    const values = place.out('T');
    const { landUse } = place.layers;
    read(place, values);
    for (let cell = 0; cell < values.length; cell++) if (isCroplandCode[landUse[cell]!] === 0) values[cell] = 1;
    return { values, cause };
  };
}

/** Indices of polygons of rows, and the value of each index. */
function polygonValues(
  name: string,
  { values }: CodedFactorParameters,
  none: number,
  { strip, first, count }: PracticePlace,
): { readonly index: Uint16Array; readonly table: Float32Array } {
  const coded = strip.codes.get(name)!;
  const { width } = strip.window;
  return {
    index: coded.index.subarray(first * width, (first + count) * width),
    table: valuesOfPolygons(coded, values, none),
  };
}

/** Values by code, from polygons burnt into the tile or from a class raster, which writes no measure as 0 or as nodata. */
function codedReader(
  name: string,
  parameters: CodedFactorParameters | null,
  none: number,
): (place: PracticePlace, out: Float32Array) => void {
  if (parameters === null) return (_place, out) => void out.fill(none);
  if (parameters.from === 'raster') {
    const lookUp = valuesOfClasses(measureEntries(parameters.values, none), none, Number.NaN);
    return ({ strip, first, count }, out) => {
      const [stored] = strip.layers.get(name)!.read(first, count);
      for (let cell = 0; cell < out.length; cell++) out[cell] = lookUp(stored![cell]!);
    };
  }
  return (place, out) => {
    const { index, table } = polygonValues(name, parameters, none, place);
    for (let cell = 0; cell < out.length; cell++) out[cell] = table[index[cell]!]!;
  };
}
