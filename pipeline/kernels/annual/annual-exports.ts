/** Functions that the module of models/kernels/assembly exports; addresses are bytes in its memory. */
export interface AnnualExports {
  linesOfPixels(...of: [...LineSource, first: number, below: number, rows: number, ...LineTarget]): number;
  linesOfCells(...of: [...LineSource, offset: number, below: number, cells: number, ...LineTarget]): number;
  alongLines(
    line: number,
    bands: number,
    places: number,
    place: number,
    share: number,
    shareStep: number,
    width: number,
    rows: number,
    out: number,
    outBytes: number,
  ): number;
  sumLines(line: number, bands: number, places: number, sums: number): void;
  keepFloats(values: number, none: number, lowest: number, highest: number, count: number): void;
  erodibilityEpic(
    sand: number,
    silt: number,
    clay: number,
    organic: number,
    carbonShare: number,
    intercept: number,
    slope: number,
    unit: number,
    count: number,
    out: number,
  ): void;
  mapBytes(codes: number, table: number, count: number, out: number): void;
  anyOfBytes(codes: number, marks: number, count: number): number;
  valuesOfBytes(codes: number, table: number, count: number, out: number): void;
  valuesOfIndices(index: number, table: number, count: number, out: number): void;
  valuesOfIndicesByCode(codes: number, starts: number, index: number, table: number, count: number, out: number): void;
  evaluateCommon(
    a: number,
    b: number,
    c: number,
    d: number,
    slope: number,
    tolerance: number,
    area: number,
    landUse: number,
    nodata: number,
    unmapped: number,
    count: number,
    product: number,
    cause: number,
  ): number;
  evaluate(
    product: number,
    a: number,
    b: number,
    c: number,
    tolerance: number,
    common: number,
    count: number,
    modulus: number,
    intensity: number,
    cause: number,
  ): number;
  markMissing(values: number, code: number, count: number, cause: number): void;
  markMissingBy(values: number, own: number, code: number, count: number, cause: number): void;
  markBytes(values: number, value: number, code: number, count: number, cause: number): void;
  markOutside(area: number, code: number, count: number, cause: number): void;
  dropUnexplained(count: number, cause: number): void;
  slotsOfCells(
    zones: number,
    stride: number,
    sets: number,
    landUse: number,
    slope: number,
    from: number,
    to: number,
    tuples: number,
    held: number,
    starts: number,
    edges: number,
    edgeCount: number,
    slots: number,
  ): number;
  countCells(intensity: number, modulus: number, cause: number, count: number, slots: number, sums: number): number;
  tabledPractice(
    landUse: number,
    width: number,
    rows: number,
    cover: number,
    coverStride: number,
    ...of: [...ErosivityAddresses, ratios: number, starts: number, steps: number, ground: number, out: number]
  ): number;
  seasonalPractice(
    landUse: number,
    group: number,
    width: number,
    rows: number,
    cover: number,
    coverStride: number,
    coverLine: number,
    coverPlaces: number,
    coverPlace: number,
    coverShare: number,
    coverShareStep: number,
    ...of: [...ErosivityAddresses, ground: number, coefficients: number, out: number]
  ): number;
}

type LineSource = [values: number, bandBytes: number, bands: number, width: number];
type LineTarget = [scale: number, shift: number, line: number];

export type ErosivityAddresses = [
  line: number,
  total: number,
  places: number,
  place: number,
  share: number,
  shareStep: number,
  even: number,
];
