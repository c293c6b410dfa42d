import type { FirstDisturbed } from '../../models/disturbance/boundary-versions.ts';
import type { DecidedLink } from '../../models/disturbance/decided-ground.ts';
import type { ChangeType } from '../../models/disturbance/lineage.ts';
import type { Batch } from '../../models/disturbance/patch-numbers.ts';
import type { PatchShape } from '../../models/disturbance/patch-shape.ts';
import type { PatchType } from '../../models/disturbance/plan-duties.ts';
import type { RankingScore } from '../../models/disturbance/ranking.ts';
import type { PatchRisk } from '../../models/disturbance/risk-tier.ts';
import type { PatchKind } from '../../models/disturbance/rules/detection-2024.ts';
import type { Judgement, OverlayMeasures } from '../../models/disturbance/verdict.ts';
import type { Geometry } from '../formats/geometry.ts';

/** Where a patch comes from. */
export interface PatchSource {
  readonly kind: 'detected' | 'imported';
  /** Level that issued it: 部, 省, 市, 县; empty for patches of one's own. */
  readonly issuer: string;
  /** Number its source gave it, as text; null for patches of one's own. */
  readonly number: string | null;
  /** Attributes of the file that have no place of their own, so that nothing is lost on the way back. */
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
}

/** What the rasters say about a patch. */
export interface PatchGround {
  readonly kind: PatchKind;
  readonly shape: PatchShape;
  /** Rules that found it, by falling share. */
  readonly rules: readonly { readonly code: string; readonly share: number }[];
  /** Land use before → now, by falling share. */
  readonly landUse: readonly { readonly from: number; readonly to: number; readonly share: number }[];
  readonly intensity: readonly { readonly from: number; readonly to: number; readonly share: number }[];
  readonly meanSlopeDegrees: number | null;
  readonly steepShare: number;
  /** Soil loss, t/a; null where there is no modulus. */
  readonly soilLossTonnes: readonly [previous: number | null, current: number | null];
}

/** What lies around a patch. */
export interface PatchSurroundings {
  /** Key prevention and treatment areas it lies in, by falling share of the patch; null where no layer was given. */
  readonly keyAreas: readonly { readonly name: string; readonly share: number }[] | null;
  /** Share of the patch in any of them; they may overlap. */
  readonly keyAreaShare: number;
  /** Nearest water; null where neither a map nor a layer of it was given. */
  readonly water: {
    /** m; null where there is none within the distance searched. */
    readonly metres: number | null;
    readonly searchedMetres: number;
  } | null;
}

export const unknownSurroundings: PatchSurroundings = { keyAreas: null, keyAreaShare: 0, water: null };

/** A county that a patch lies in. */
export interface PatchCounty {
  readonly code: string;
  /** Left out where only the code is known. */
  readonly name?: string;
  readonly share: number;
}

/** A suspected disturbance before it has a number and a verdict. */
export interface PatchDraft {
  /** Unique within the batch. */
  readonly key: string;
  readonly source: PatchSource;
  readonly type: PatchType;
  readonly imageDate: string;
  readonly disturbed: FirstDisturbed;
  readonly crs: string;
  readonly geometry: Geometry;
  /** On the ellipsoid, m². */
  readonly areaSquareMetres: number;
  /** Counties by falling share of the patch; the first is its county (XZQDM). */
  readonly counties: readonly PatchCounty[];
  readonly ground: PatchGround | null;
  readonly surroundings: PatchSurroundings;
  /** 扰动变化类型 as its source or the rasters say; lineage decides where they are silent. */
  readonly change: string | null;
}

/** A suspected disturbance with its number, lineage, proposed verdict and rank. */
export interface PatchRecord extends PatchDraft {
  /** 图斑编号 (QDNM). */
  readonly number: string;
  readonly batch: Batch;
  readonly lineage: {
    readonly parents: readonly string[];
    readonly isSplit: boolean;
    readonly change: ChangeType;
  };
  /** Decision on the same ground; null on ground about which nobody decided. */
  readonly decided: DecidedLink | null;
  readonly measures: OverlayMeasures;
  readonly judgement: Judgement;
  /** Boundary versions that were looked at, `project@version`. */
  readonly looked: readonly string[];
  readonly risk: PatchRisk;
  readonly ranking: RankingScore;
}
