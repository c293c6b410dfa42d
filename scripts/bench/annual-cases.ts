import { landUseClasses } from '../../models/parameters/land-use-classes.ts';
import { bandsUpTo } from '../../pipeline/plan/layer-parameters.ts';
import {
  type CsleParameters,
  type ErosionTileParameters,
  type LayerParameters,
  ownPracticeInputs,
} from '../../pipeline/tasks/erosion-parameters.ts';
import { regionGrid } from './annual-inputs.ts';

/** A kind of annual run: its parameters, and the file of each input. */
export interface AnnualCase {
  readonly name: string;
  readonly parameters: ErosionTileParameters;
  readonly files: Readonly<Record<string, string>>;
  /** True where the project has a target for it, in regions of any size. */
  readonly isWanted: boolean;
  /** Largest ratio wanted with the working codec, and with the one of deliverables where there is such a target. */
  readonly target: number;
  readonly deliverableTarget?: number;
}

const layer = (range: readonly [number, number], bands = 1, scale = 1): LayerParameters => ({
  bands: bandsUpTo(bands),
  crs: null,
  nodata: null,
  scale,
  offset: 0,
  range,
});

const codes = Object.fromEntries(landUseClasses.map(({ code }) => [String(code), code]));
const measures = { from: 'polygons', layer: null, values: { 1: 0.3, 2: 0.5, 3: 0.8 } } as const;
// Constants for all land that otherwise follows its cover.
const constants = { 21: 0.2, 31: 0.1, 32: 0.2, 41: 0.3, 42: 0.3 };

const practice: CsleParameters = {
  model: 'CSLE',
  biological: 'constants',
  biologicalConstants: constants,
  cover: null,
  understorey: null,
  understoreyConstant: null,
  engineering: measures,
  tillage: measures,
  inputs: ownPracticeInputs,
};

const ready: ErosionTileParameters = {
  // Region and tile are put in by the benchmark.
  grid: regionGrid(0),
  window: { x0: 0, y0: 0, width: 0, height: 0 },
  terrainCorner: { x0: 0, y0: 0 },
  overviews: 0,
  erosivity: layer([0, 50_000]),
  soil: { kind: 'ready', layer: layer([0, 0.2]) },
  landUse: { ...layer([0, 4_294_967_295]), codes },
  practice,
  tolerance: null,
  toleranceConstant: 1000,
  windErosion: null,
  scenarios: [],
  zoneSets: ['county'],
  factors: [],
  codec: 'working',
};

const readyFiles = {
  terrain: 'terrain',
  'zones-county': 'zones',
  landUse: 'land-use',
  erosivity: 'erosivity-year',
  soilErodibility: 'erodibility',
  engineering: 'engineering',
  tillage: 'tillage',
};

const withCover: ErosionTileParameters = {
  ...ready,
  erosivity: layer([0, 50_000], 24),
  practice: {
    ...practice,
    biological: 'half-month',
    biologicalConstants: {},
    cover: { kind: 'cover', layer: layer([0, 1], 24, 0.01) },
    understorey: layer([0, 1], 1, 0.01),
  },
};

const coverFiles = (metres: number) => ({
  erosivity: 'erosivity-24',
  cover: `cover-${metres}`,
  understorey: `understorey-${metres}`,
});

const texture = layer([0, 100]);

/** The annual runs that are measured. */
export const annualCases: readonly AnnualCase[] = [
  {
    name: 'annual pass, ready factors',
    parameters: ready,
    files: readyFiles,
    isWanted: true,
    target: 1.3,
    deliverableTarget: 1.15,
  },
  {
    name: 'annual pass, B of 24 covers on the grid',
    parameters: withCover,
    files: { ...readyFiles, ...coverFiles(10) },
    isWanted: true,
    target: 1.5,
  },
  {
    name: 'annual pass, B of 24 covers at 30 m, K of texture at 90 m, all factors written',
    parameters: {
      ...withCover,
      factors: ['R', 'K', 'L', 'S', 'B', 'E', 'T'],
      soil: {
        kind: 'texture',
        method: 'epic-zhang2008-china',
        sand: texture,
        silt: texture,
        clay: texture,
        organic: texture,
        organicIs: 'carbon',
        structure: null,
        permeability: null,
      },
    },
    files: { ...readyFiles, ...coverFiles(30), sand: 'sand', silt: 'silt', clay: 'clay', organic: 'organic' },
    isWanted: false,
    target: 1.5,
  },
];

/** The first case with some scenarios: every other has other measures of all three factors, the rest of tillage alone. */
export const withScenarios = (count: number): ErosionTileParameters => ({
  ...ready,
  scenarios: Array.from({ length: count }, (_, at) => {
    const values = { 1: 0.2 + at / 100, 2: 0.4 + at / 100, 3: 0.7 + at / 100 };
    const other = { ...measures, values };
    return {
      id: `scenario-${at + 1}`,
      practice:
        at % 2 === 0
          ? {
              ...practice,
              engineering: other,
              tillage: other,
              biologicalConstants: { ...constants, 31: 0.05 + at / 100 },
            }
          : { ...practice, tillage: other },
    };
  }),
});
