/** Functions that the module of models/kernels/assembly exports; addresses are bytes in its memory. */
export interface AnnualExports {
  weighRow(
    west: number,
    shares: number,
    count: number,
    first: number,
    above: number,
    below: number,
    offset: number,
    north: number,
    south: number,
  ): void;
  bilinearBands(
    values: number,
    bandBytes: number,
    bands: number,
    width: number,
    offsets: number,
    north: number,
    south: number,
    count: number,
    out: number,
    outBytes: number,
    scale: number,
    shift: number,
  ): number;
  keepFloats(values: number, none: number, lowest: number, highest: number, count: number): void;
  erodibilityEpic(
    sand: number,
    silt: number,
    clay: number,
    organic: number,
    divisor: number,
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
  evaluate(
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
    f: number,
    g: number,
    slope: number,
    tolerance: number,
    area: number,
    landUse: number,
    nodata: number,
    unmapped: number,
    count: number,
    modulus: number,
    intensity: number,
    cause: number,
  ): number;
  markMissing(values: number, code: number, count: number, cause: number): void;
  markMissingBy(values: number, own: number, code: number, count: number, cause: number): void;
  markBytes(values: number, value: number, code: number, count: number, cause: number): void;
  markOutside(area: number, code: number, count: number, cause: number): void;
  countCells(
    zones: number,
    stride: number,
    sets: number,
    landUse: number,
    slope: number,
    intensity: number,
    modulus: number,
    cause: number,
    from: number,
    to: number,
    tuples: number,
    held: number,
    starts: number,
    edges: number,
    edgeCount: number,
    sums: number,
  ): number;
  sumBands(bands: number, stride: number, bandCount: number, count: number, out: number): void;
  sumCoverRatios(...at: [...SeasonalAddresses, a: number, b: number, rate: number]): void;
  tabledPractice(
    landUse: number,
    count: number,
    cover: number,
    coverStride: number,
    erosivity: number,
    erosivityStride: number,
    halfMonths: number,
    annual: number,
    ratios: number,
    starts: number,
    steps: number,
    ground: number,
    out: number,
  ): number;
  forestBases(count: number, grounds: number, bases: number, p: number, q: number): void;
  sumForestRatios(...at: [...SeasonalAddresses, grounds: number, bases: number, r: number, s: number]): void;
}

export type SeasonalAddresses = [
  cells: number,
  count: number,
  cover: number,
  coverStride: number,
  erosivity: number,
  erosivityStride: number,
  halfMonths: number,
  totals: number,
  sums: number,
];
