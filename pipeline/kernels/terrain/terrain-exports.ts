/** Slope breaks as kernels take them: 1 for the `ls-tool` variant, the cut-offs, and where the gentle one applies. */
export type SlopeBreaks = [ownPath: number, gentle: number, steep: number, gentleBelow: number];

/** From a row, counted from 1, to before another. */
export type RowRange = [first: number, end: number];

/** A table of exponents, and above 0 the susceptibility to rills of slopes beyond it. */
export type ExponentArguments = [table: number, rows: number, rill: number];

/** Functions that models/kernels/assembly/terrain.ts exports; addresses are bytes in the memory. */
export interface TerrainExports {
  setShape(width: number, height: number, stride: number): void;
  frameBytes(layer: number, value: number): void;
  frameFloats(layer: number, value: number): void;
  fillLayer(layer: number, value: number, bytesPerCell: number): void;
  copyRows(from: number, stride: number, bytes: number, rows: number, out: number, outStride: number): void;
  findBasins(z: number, out: number, pit: number, ways: number): number;
  findPasses(
    z: number,
    basin: number,
    count: number,
    first: number,
    second: number,
    records: number,
    root: number,
    tables: number,
  ): number;
  sortedPasses(): number;
  joinBasins(
    passes: number,
    passCount: number,
    count: number,
    ...arrays: [roots: number, least: number, above: number, label: number, level: number, tree: number]
  ): number;
  plainZeros(layer: number): void;
  raise(filled: number, pit: number, level: number, label: number, levels: number, count: number, stack: number): void;
  d8(filled: number, out: number): number;
  slope(z: number, out: number, cellSize: number): void;
  resolveFlats(filled: number, direction: number, steps: number, queue: number, codes: number, late: number): void;
  borderSteps(
    filled: number,
    direction: number,
    steps: number,
    perimeter: number,
    perimeterLength: number,
    cells: number,
    queue: number,
  ): void;
  borderFlats(
    direction: number,
    steps: number,
    perimeter: number,
    perimeterLength: number,
    kept: number,
    queue: number,
  ): number;
  sweepPaths(
    direction: number,
    edges: number,
    slope: number,
    records: number,
    flags: number,
    sources: number,
    ...entriesAndBreaks: [
      entries: number,
      places: number,
      inflow: number,
      inflowLength: number,
      inflowMark: number,
      ...breaks: SlopeBreaks,
    ]
  ): void;
  linkPerimeter(
    flags: number,
    perimeter: number,
    perimeterLength: number,
    exits: number,
    growth: number,
    stack: number,
    link: number,
    growths: number,
  ): void;
  finishPaths(
    records: number,
    flags: number,
    accumulation: number,
    length: number,
    metres: number,
    contamination: number,
    channelCells: number,
    cellSize: number,
    cap: number,
    ...range: RowRange
  ): void;
  forgetSegments(known: number): void;
  segmentFactor(
    length: number,
    direction: number,
    slope: number,
    out: number,
    table: number,
    rows: number,
    cellSize: number,
    longest: number,
    known: number,
    list: number,
    ...range: RowRange
  ): void;
  eachLengthFactor(
    length: number,
    direction: number,
    slope: number,
    out: number,
    ...exponentsAndRows: [
      ...exponents: ExponentArguments,
      cellSize: number,
      longest: number,
      isWhole: number,
      ...range: RowRange,
    ]
  ): void;
  areaFactor(
    accumulation: number,
    z: number,
    slope: number,
    out: number,
    ...exponentsAndRows: [...exponents: ExponentArguments, cellSize: number, ...range: RowRange]
  ): void;
  steepnessFactor(
    slope: number,
    out: number,
    bands: number,
    bandCount: number,
    maxSlope: number,
    ...range: RowRange
  ): void;
  logisticSteepness(slope: number, out: number, constants: number, ...range: RowRange): void;
}
