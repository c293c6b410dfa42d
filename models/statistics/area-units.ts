/** Square metres of cells. */
export const cellsToSquareMetres = (cells: number, cellSizeMetres: number): number =>
  cells * cellSizeMetres * cellSizeMetres;

/** Square kilometres of cells. */
export const cellsToSquareKilometres = (cells: number, cellSizeMetres: number): number =>
  cellsToSquareMetres(cells, cellSizeMetres) / 1e6;

/** 公顷 (hm²) of an area in m². */
export const squareMetresToHectares = (squareMetres: number): number => squareMetres / 1e4;

/** 亩 of an area in m²: 15 亩 are one hectare. */
export const squareMetresToMu = (squareMetres: number): number => (squareMetres * 15) / 1e4;

/** km² of an area in 万亩 (10 000 亩). */
export const wanMuToSquareKilometres = (wanMu: number): number => wanMu / 0.15;
