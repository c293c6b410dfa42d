import type { SupervisionRules } from './rules/supervision-2024.ts';

/** Length and width of the strip that has the area and the perimeter of a shape, metres. */
export interface Strip {
  readonly lengthMetres: number;
  readonly widthMetres: number;
}

/** The rectangle with the area and perimeter of a shape; the square of its area where the perimeter is too short for one. */
export function stripOf(squareMetres: number, perimeterMetres: number): Strip {
  const quarter = perimeterMetres / 4;
  const half = Math.sqrt(Math.max(0, quarter * quarter - squareMetres));
  const lengthMetres = half === 0 ? Math.sqrt(squareMetres) : quarter + half;
  return { lengthMetres, widthMetres: squareMetres / lengthMetres };
}

/** Longer than wide by this factor: a road or canal by its shape. A choice of this product. */
export const linearElongation = 10;

export const isLinearStrip = ({ lengthMetres, widthMetres }: Strip): boolean =>
  lengthMetres >= linearElongation * widthMetres;

/**
 * Types of projects that are lines (线型工程): 公路, 铁路, 输变电, 引调水, 堤防, 油气管道, 城市轨道交通, 城市管网. The order does not list
 * them; 参数待核.
 */
export const linearProjectTypes = ['01', '02', '08', '12', '13', '24', '27', '28'].map((code) => `XMLX-${code}`);

/** A stretch of disturbed ground off an approved linear project. */
export interface LateralStretch {
  /** Length that lies farther than the shift stated from the approved range, metres. */
  readonly shiftedMetres: number;
  /** Length of the approved range, metres. */
  readonly approvedMetres: number;
}

/**
 * True when the stretches of one project that lie too far off reach the share of its length that needs a new approval
 * (水利部令第53号第十六条: more than 300 m off over 30 % of the length, in mountains and hills). Stretches add up.
 */
export function isShifted(stretches: readonly LateralStretch[], { thresholds }: SupervisionRules): boolean {
  const shifted = stretches.reduce((sum, { shiftedMetres }) => sum + shiftedMetres, 0);
  const approved = stretches[0]?.approvedMetres ?? 0;
  return shifted > 0 && shifted >= approved * thresholds.lateralShiftShare.value;
}
