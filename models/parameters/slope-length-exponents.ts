import type { Bilingual, Confidence } from './confidence.ts';

/** One row of a table of exponents: the exponent m of slopes up to a limit. */
export interface ExponentBand {
  readonly upTo: number;
  /** Whether the limit itself belongs to this row. */
  readonly inclusive: boolean;
  readonly exponent: number;
}

/** Exponent m of slope length by slope. */
export interface ExponentTable {
  readonly id: string;
  readonly name: Bilingual;
  /** Unit of the limits. */
  readonly unit: 'degrees' | 'percent';
  readonly bands: readonly ExponentBand[];
  /** Exponent above the last limit. */
  readonly beyond: number;
  readonly source: string;
  readonly confidence: Confidence;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

const rows = (inclusive: boolean, pairs: readonly (readonly [number, number])[]): ExponentBand[] =>
  pairs.map(([upTo, exponent]) => ({ upTo, inclusive, exponent }));

const open = { validFrom: null, validTo: null } as const;

/**
 * The published tables of m for slope length. They disagree about the limits; the one of the regulation is the default of CSLE.
 */
export const slopeLengthExponentTables = [
  {
    id: 'csle-1-3-5-degrees',
    name: { zh: '监测规定：1°、3°、5°', en: 'monitoring regulation: 1°, 3°, 5°' },
    unit: 'degrees',
    bands: rows(true, [
      [1, 0.2],
      [3, 0.3],
      [5, 0.4],
    ]),
    beyond: 0.5,
    source: '区域水土流失动态监测技术规定（试行）2018',
    confidence: 'recalled',
    ...open,
  },
  {
    id: 'csle-0.5-1.5-3-degrees',
    name: { zh: '符素华等：0.5°、1.5°、3°', en: 'Fu et al.: 0.5°, 1.5°, 3°' },
    unit: 'degrees',
    bands: rows(false, [
      [0.5, 0.2],
      [1.5, 0.3],
      [3, 0.4],
    ]),
    beyond: 0.5,
    source: '符素华等 2015, 中国水土保持科学 13(5): 105–110',
    confidence: 'seen',
    ...open,
  },
  {
    id: 'csle-1-3-5-percent',
    name: { zh: '1 %、3 %、5 %', en: '1 %, 3 %, 5 %' },
    unit: 'percent',
    bands: rows(true, [
      [1, 0.2],
      [3, 0.3],
      [5, 0.4],
    ]),
    beyond: 0.5,
    source: 'ChinaXiv-202006.00113',
    confidence: 'uncertain',
    ...open,
  },
  {
    id: 'csle-1.7-5.2-9-percent',
    name: { zh: '1.7 %、5.2 %、9 %', en: '1.7 %, 5.2 %, 9 %' },
    unit: 'percent',
    bands: rows(true, [
      [1.7, 0.2],
      [5.2, 0.3],
      [9, 0.4],
    ]),
    beyond: 0.5,
    source: 'R package soilassessment',
    confidence: 'uncertain',
    ...open,
  },
  {
    id: 'csle-1-3-9-percent',
    name: { zh: '1 %、3 %、9 %', en: '1 %, 3 %, 9 %' },
    unit: 'percent',
    bands: rows(true, [
      [1, 0.2],
      [3, 0.3],
      [9, 0.4],
    ]),
    beyond: 0.5,
    source: 'ChinaXiv-201711.00309',
    confidence: 'uncertain',
    ...open,
  },
  {
    id: 'usle1978',
    name: { zh: 'USLE：1 %、3.5 %、5 %', en: 'USLE: 1 %, 3.5 %, 5 %' },
    unit: 'percent',
    bands: rows(false, [
      [1, 0.2],
      [3.5, 0.3],
      [5, 0.4],
    ]),
    beyond: 0.5,
    source: 'Wischmeier & Smith 1978, USDA Agriculture Handbook 537',
    confidence: 'recalled',
    ...open,
  },
  {
    id: 'van-remortel2001',
    name: { zh: 'Van Remortel 21 级', en: 'Van Remortel, 21 rows' },
    unit: 'degrees',
    bands: [
      { upTo: 0.1, inclusive: true, exponent: 0.01 },
      ...rows(false, [
        [0.2, 0.02],
        [0.4, 0.04],
        [0.85, 0.08],
        [1.4, 0.14],
        [2, 0.18],
        [2.6, 0.22],
        [3.1, 0.25],
        [3.7, 0.28],
        [5.2, 0.32],
        [6.3, 0.35],
        [7.4, 0.37],
        [8.6, 0.4],
        [10.3, 0.41],
        [12.9, 0.44],
        [15.7, 0.47],
        [20, 0.49],
        [25.8, 0.52],
        [31.5, 0.54],
        [37.2, 0.55],
      ]),
    ],
    beyond: 0.56,
    source: 'Van Remortel, Hamilton, Hickey 2001, Cartography 30(1): 27–35',
    confidence: 'seen',
    ...open,
  },
] as const satisfies readonly ExponentTable[];

export type ExponentTableId = (typeof slopeLengthExponentTables)[number]['id'];

/** A table by its id, or undefined. */
export const slopeLengthExponentTable = (id: string): ExponentTable | undefined =>
  slopeLengthExponentTables.find((table) => table.id === id);
