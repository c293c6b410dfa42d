import { causeCode } from '../../models/erosion/nodata-cause.ts';
import { biologicalPracticeRules } from '../../models/factors/biological-practice-half-month-csle2018.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { HalfMonthPractice, type SeasonalInputs } from '../../models/kernels/half-month-practice.ts';
import { isCropland } from '../../models/parameters/land-use-classes.ts';
import { measureEntries, valuesOfClasses, valuesOfPolygons } from './code-values.ts';
import { CoverBytes, plainCover, readCover } from './cover-rows.ts';
import type { CodedFactorParameters, CsleParameters } from './erosion-parameters.ts';
import type { FactorReader, PartMemory, PracticePart, PracticePlace } from './practice-reader.ts';

/** B, E and T. */
export function csleParts(parameters: CsleParameters): PracticePart[] {
  const { biological, biologicalConstants, cover, understorey, understoreyConstant } = parameters;
  const { engineering, tillage, inputs } = parameters;
  const seasonal = biological === 'half-month' ? [cover, inputs.cover, understorey, inputs.understorey] : [];
  const polygonsOf = (coded: CodedFactorParameters | null, input: string) =>
    coded?.from === 'polygons' ? input : undefined;
  return [
    {
      symbol: 'B',
      key: JSON.stringify(['B', biological, biologicalConstants, understoreyConstant, ...seasonal]),
      followsCover: true,
      polygons: undefined,
      reader: (kernels, memory) => biologicalReader(parameters, kernels, memory),
    },
    {
      symbol: 'E',
      key: JSON.stringify(['E', engineering, inputs.engineering]),
      followsCover: false,
      polygons: polygonsOf(engineering, inputs.engineering),
      reader: (kernels, memory) => engineeringReader(inputs.engineering, engineering, kernels, memory),
    },
    {
      symbol: 'T',
      key: JSON.stringify(['T', tillage, inputs.tillage]),
      followsCover: false,
      polygons: polygonsOf(tillage, inputs.tillage),
      reader: (kernels, memory) => tillageReader(inputs.tillage, tillage, kernels, memory),
    },
  ];
}

/** B: constants where the land use has one, else soil loss ratios of 24 half-months weighted by erosivity. */
function biologicalReader(parameters: CsleParameters, kernels: AnnualKernels, memory: PartMemory): FactorReader {
  const { inputs } = parameters;
  const practice = memory.practice!;
  const rules = biologicalPracticeRules(parameters.biologicalConstants);
  const kernel = new HalfMonthPractice(rules, kernels, practice);
  const coverBytes = parameters.cover === null ? undefined : new CoverBytes(parameters.cover, inputs.cover);
  const coverAndUnderstorey = (place: PracticePlace): Pick<SeasonalInputs, 'cover' | 'understorey'> => {
    const { strip, first, count } = place;
    const constant = parameters.understoreyConstant ?? Number.NaN;
    const surveyed = parameters.understorey === null ? undefined : strip.layers.get(inputs.understorey);
    const understorey = surveyed === undefined ? constant : surveyed.readBytes(first, count);
    const cover = understorey === undefined ? undefined : coverBytes?.read(place);
    if (cover !== undefined && understorey !== undefined) return { cover, understorey };
    return {
      cover: plainCover(parameters.cover!, inputs.cover, place) ?? readCover(parameters.cover!, inputs.cover, place),
      understorey: surveyed?.values(first, count)[0] ?? constant,
    };
  };
  const isSeasonal = parameters.biological === 'half-month';
  const withoutCover = { cover: undefined, understorey: Number.NaN };
  return (place, values) => {
    const { layers, erosivity } = place;
    const { landUse } = layers;
    const causes = practice.causes.subarray(0, landUse.length);
    const seasonal = () => ({ ...(isSeasonal ? coverAndUnderstorey(place) : withoutCover), erosivity });
    const cause = causeCode['cover-practice'];
    return kernel.evaluate(landUse, seasonal, values, causes) ? { values, causes, cause } : { values, cause };
  };
}

/** E: by code of the measure, 1 where there is none. */
function engineeringReader(
  input: string,
  parameters: CodedFactorParameters | null,
  kernels: AnnualKernels,
  memory: PartMemory,
): FactorReader {
  const cause = causeCode.engineering;
  if (parameters?.from !== 'polygons') {
    const read = rasterReader(input, parameters, 1, kernels, memory);
    return (place, values) => (read(place, values), { values, cause });
  }
  const indices = polygonIndices(input, (codes) => memory.table.set(valuesOfPolygons(codes, parameters.values, 1)));
  return (place, values) => {
    kernels.valuesOfIndices(indices(place), memory.table, values);
    return { values, cause };
  };
}

/** T: on cropland by rotation zone or tillage measure, elsewhere 1. */
function tillageReader(
  input: string,
  parameters: CodedFactorParameters | null,
  kernels: AnnualKernels,
  memory: PartMemory,
): FactorReader {
  const cause = causeCode.tillage;
  if (parameters === null) return (_place, values) => ({ values: values.fill(1), cause });
  if (parameters.from === 'polygons') {
    const { table, starts } = memory;
    const indices = polygonIndices(input, (codes) => {
      const values = valuesOfPolygons(codes, parameters.values, Number.NaN);
      // Ones for land that is not tilled, then the table: one look-up, and no branch on land that changes all the time.
      table.fill(1, 0, values.length);
      table.set(values, values.length);
      for (let code = 0; code < starts.length; code++) starts[code] = isCropland(code) ? values.length : 0;
    });
    return (place, values) => {
      kernels.valuesOfIndicesByCode(place.layers.landUse, starts, indices(place), table, values);
      return { values, cause };
    };
  }
  const read = rasterReader(input, parameters, Number.NaN, kernels, memory);
  const isCroplandCode = Uint8Array.from({ length: 256 }, (_, code) => (isCropland(code) ? 1 : 0));
  return (place, values) => {
    const { landUse } = place.layers;
    read(place, values);
    for (let cell = 0; cell < values.length; cell++) if (isCroplandCode[landUse[cell]!] === 0) values[cell] = 1;
    return { values, cause };
  };
}

/**
 * Reader of the polygon that each cell of rows lies in.
 * @param prepare lays out tables for the codes of a tile, before its first rows
 */
function polygonIndices(
  input: string,
  prepare: (codes: readonly string[]) => void,
): (place: PracticePlace) => Uint16Array {
  let held: readonly string[] | undefined;
  return ({ strip, first, count }) => {
    const { codes, index } = strip.codes.get(input)!;
    if (codes !== held) prepare(codes);
    held = codes;
    const { width } = strip.window;
    return index.subarray(first * width, (first + count) * width);
  };
}

/** Values by code of a class raster, which writes no measure as 0 or as nodata. */
function rasterReader(
  input: string,
  parameters: CodedFactorParameters | null,
  none: number,
  kernels: AnnualKernels,
  { table }: PartMemory,
): (place: PracticePlace, out: Float32Array) => void {
  if (parameters === null) return (_place, out) => void out.fill(none);
  const lookUp = valuesOfClasses(measureEntries(parameters.values, none), none, Number.NaN);
  let held: Float32Array | undefined;
  return ({ strip, first, count }, out) => {
    const layer = strip.layers.get(input)!;
    const bytes = layer.readBytes(first, count);
    if (bytes !== undefined) {
      if (bytes.values !== held) table.set(bytes.values.map(lookUp));
      held = bytes.values;
      kernels.valuesOfBytes(bytes.bands[0]!, table, out);
      return;
    }
    const [stored] = layer.values(first, count);
    for (let cell = 0; cell < out.length; cell++) out[cell] = lookUp(stored![cell]!);
  };
}
