import { cellsToSquareKilometres } from './area-units.ts';
import type { Tally } from './tally.ts';
import { tallyCells, tallyValidCells } from './tally.ts';

/**
 * How cells become areas where the official land area of a county differs from its cells:
 * - `pixels`: area = cells with a class; the official area is not used;
 * - `scale`: every cell of a county counts official area ÷ area of its cells with a class;
 * - `residual-micro`: cells keep their area, and what the official area has more or less goes to 微度.
 */
export type LandAreaRule = 'pixels' | 'scale' | 'residual-micro';

/** What the denominator of a rate is. */
export type LandAreaSource = 'official' | 'pixels' | 'mixed';

/** How the cells of one county become areas. Linear in the cells, so that the parts of any division add up. */
export interface CountyWeight {
  readonly source: 'official' | 'pixels';
  /** Multiplies every class area. */
  readonly factor: number;
  /** km² put into 微度 for each cell of the area of interest; used when the residual is positive. */
  readonly residualPerCell: number;
  /** km² put into 微度 for each cell of 微度; used when the residual is negative. */
  readonly residualPerMicroCell: number;
}

/** Areas of a group of cells, km² and t/a. */
export interface Areas {
  /** By intensity class 1–6; entry 0 is the uncovered area (未覆盖面积), never part of the land area. */
  readonly classAreas: Float64Array;
  /** Part of class 1 that stems from no cell but from the official area. */
  residualArea: number;
  soilLossTonnes: number;
}

export function emptyAreas(): Areas {
  return { classAreas: new Float64Array(7), residualArea: 0, soilLossTonnes: 0 };
}

/**
 * Weight of a county.
 * @throws RangeError when the official area is smaller than the eroded area, so that 微度 would become negative.
 */
export function countyWeight(
  tally: Tally,
  cellSizeMetres: number,
  rule: LandAreaRule,
  officialAreaSquareKilometres: number | undefined,
): CountyWeight {
  const plain: CountyWeight = {
    source: 'pixels',
    factor: 1,
    residualPerCell: 0,
    residualPerMicroCell: 0,
  };
  const validCells = tallyValidCells(tally);
  if (rule === 'pixels' || officialAreaSquareKilometres === undefined || validCells === 0) return plain;
  const validArea = cellsToSquareKilometres(validCells, cellSizeMetres);
  if (rule === 'scale') return { ...plain, source: 'official', factor: officialAreaSquareKilometres / validArea };
  const residual = officialAreaSquareKilometres - validArea;
  const microCells = tally.classCells[1];
  if (residual < -cellsToSquareKilometres(microCells, cellSizeMetres))
    throw new RangeError(`official land area ${officialAreaSquareKilometres} km² is smaller than the eroded area`);
  return {
    source: 'official',
    factor: 1,
    residualPerCell: residual > 0 ? residual / tallyCells(tally) : 0,
    residualPerMicroCell: residual < 0 ? residual / microCells : 0,
  };
}

/** Adds the areas of cells that lie in one county. */
export function addAreas(into: Areas, tally: Tally, weight: CountyWeight, cellSizeMetres: number): void {
  for (let grade = 0; grade <= 6; grade++) {
    const area = cellsToSquareKilometres(tally.classCells[grade], cellSizeMetres);
    into.classAreas[grade] += grade === 0 ? area : area * weight.factor;
  }
  const residual = tallyCells(tally) * weight.residualPerCell + tally.classCells[1] * weight.residualPerMicroCell;
  into.classAreas[1] += residual;
  into.residualArea += residual;
  const squareKilometresPerCell = cellsToSquareKilometres(1, cellSizeMetres);
  into.soilLossTonnes += (Number(tally.modulusThousandths) / 1000) * squareKilometresPerCell * weight.factor;
}
