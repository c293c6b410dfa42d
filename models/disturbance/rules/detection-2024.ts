import type { Bilingual, Confidence } from '../../parameters/confidence.ts';
import type { SupervisionRules } from './supervision-2024.ts';

/** Ground of which kind a patch consists; only cells of one kind join. */
export type PatchKind = 'disturbed' | 'built' | 'bare' | 'erosion';

/** When a cell counts as disturbed. All conditions given must hold. */
export interface DetectionRule {
  /** Stands in every patch that has such cells; never reused for another meaning. */
  readonly code: string;
  readonly kind: PatchKind;
  readonly reason: Bilingual;
  /** Land-use codes before; any when left out. */
  readonly from?: readonly number[];
  /** Land-use codes before that rule it out. */
  readonly fromNot?: readonly number[];
  /** Land-use codes now; any when left out. */
  readonly to?: readonly number[];
  /** Least rise of the intensity class. */
  readonly classRise?: number;
  /** Least rise of the modulus, t/(km²·a), at equal rain where the erosivity of both years is known. */
  readonly modulusRise?: number;
  readonly confidence: Confidence;
}

/** Change that is no disturbance although a rule might say so. */
export interface PriorFilter {
  readonly code: string;
  readonly reason: Bilingual;
  readonly from?: readonly number[];
  readonly to?: readonly number[];
}

/** What a patch of a kind must be to be raised. */
export interface PatchFilter {
  /** hm²; inclusive. */
  readonly minimumHectares: number;
  /** Patches that are on average narrower are slivers along class borders; cells. */
  readonly minimumMeanWidthCells: number;
}

export interface DetectionRules {
  readonly id: string;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly source: string;
  /** Neighbours across which cells join into one patch. */
  readonly connectivity: 4 | 8;
  /** The first that holds gives a cell its code. */
  readonly rules: readonly DetectionRule[];
  /** Looked at before the rules; the first that holds takes the cell out. */
  readonly priorFilters: readonly PriorFilter[];
  readonly patchFilters: Readonly<Record<PatchKind, PatchFilter>>;
  /** Land-use codes of open water, and how far from a patch it is looked for, metres. */
  readonly water: { readonly codes: readonly number[]; readonly searchMetres: number };
}

const cropland = [11, 12, 13];
const gardens = [21, 22, 23];
const vegetated = [31, 32, 33, 41, 42, 43];
const water = [71, 72, 73];
const bare = [81, 82, 83, 84];
const built = [51, 52, 54, 61, 62];

/**
 * Detection rules of 2024. The land-use codes are those of the monitoring; rules, filters and limits are choices of this
 * product except the minimum areas (1.0 hm², spoil grounds 0.1 hm²), which have to be verified. Of disturbed ground the
 * map does not tell whether it is a spoil ground, hence the smaller minimum.
 */
export const detectionRules2024: DetectionRules = {
  id: 'detection-2024',
  version: 1,
  validFrom: '2024-01-01',
  validTo: null,
  source: '生产建设项目水土保持信息化监管技术规定（试行）；本产品设计 / design of this product',
  connectivity: 8,
  rules: [
    {
      code: 'RD-11',
      kind: 'disturbed',
      reason: { zh: '新增人为扰动用地', en: 'ground newly disturbed by construction' },
      fromNot: [53],
      to: [53],
      confidence: 'design',
    },
    {
      code: 'RD-12',
      kind: 'disturbed',
      reason: { zh: '上期已为人为扰动用地', en: 'ground disturbed already in the year before' },
      from: [53],
      to: [53],
      confidence: 'design',
    },
    {
      code: 'RD-21',
      kind: 'built',
      reason: { zh: '新增其他建设或交通用地', en: 'new built-up or transport land' },
      fromNot: [...built, 53],
      to: built,
      confidence: 'design',
    },
    {
      code: 'RD-31',
      kind: 'bare',
      reason: { zh: '植被地或耕地变为裸地', en: 'vegetated land or cropland turned bare' },
      from: [...cropland, ...gardens, ...vegetated],
      to: [82, 83, 84],
      confidence: 'design',
    },
    {
      code: 'RD-41',
      kind: 'erosion',
      reason: { zh: '侵蚀强度升高三级以上', en: 'intensity rose by three classes or more' },
      classRise: 3,
      modulusRise: 5000,
      confidence: 'design',
    },
    {
      code: 'RD-42',
      kind: 'erosion',
      reason: { zh: '侵蚀模数增加 8000 t/(km²·a) 以上', en: 'modulus rose by 8000 t/(km²·a) or more' },
      modulusRise: 8000,
      confidence: 'design',
    },
  ],
  priorFilters: [
    { code: 'PF-1', reason: { zh: '水位变化', en: 'water level' }, from: water, to: bare },
    { code: 'PF-2', reason: { zh: '水面扩大', en: 'water grew' }, to: water },
    {
      code: 'PF-3',
      reason: { zh: '耕作轮换与开垦', en: 'cropland cycle and reclamation' },
      from: [...cropland, ...gardens, ...vegetated],
      to: [...cropland, ...gardens],
    },
  ],
  patchFilters: {
    // Ten cells, the least area at 10 m, are 1.43 wide on average at their most compact.
    disturbed: { minimumHectares: 0.1, minimumMeanWidthCells: 1.4 },
    built: { minimumHectares: 1, minimumMeanWidthCells: 1.5 },
    bare: { minimumHectares: 1, minimumMeanWidthCells: 1.5 },
    erosion: { minimumHectares: 1, minimumMeanWidthCells: 2 },
  },
  water: { codes: [71], searchMetres: 2000 },
};

/** Least areas of patches, hm², inclusive: of spoil grounds, and of other disturbances. */
export interface MinimumAreas {
  readonly spoilHectares: number;
  readonly otherHectares: number;
}

/** The minimum areas of an edition of the thresholds. */
export const minimumAreasOf = ({ thresholds }: SupervisionRules): MinimumAreas => ({
  spoilHectares: thresholds.minimumSpoilHectares.value,
  otherHectares: thresholds.minimumOtherHectares.value,
});

/**
 * Detection rules with other minimum areas. Of disturbed ground the map does not tell whether it is a spoil ground, so the
 * smaller minimum holds for it.
 */
export function withMinimumAreas(
  rules: DetectionRules,
  { spoilHectares, otherHectares }: MinimumAreas,
): DetectionRules {
  const least = (kind: PatchKind): PatchFilter => ({
    ...rules.patchFilters[kind],
    minimumHectares: kind === 'disturbed' ? spoilHectares : otherHectares,
  });
  const patchFilters = {
    disturbed: least('disturbed'),
    built: least('built'),
    bare: least('bare'),
    erosion: least('erosion'),
  };
  return { ...rules, patchFilters };
}

/** Sets of detection rules, the latest last. */
export const detectionRuleSets: readonly DetectionRules[] = [detectionRules2024];
