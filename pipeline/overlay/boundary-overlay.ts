import {
  type BoundaryVersion,
  type FirstDisturbed,
  type Moment,
  versionsInForce,
} from '../../models/disturbance/boundary-versions.ts';
import { isLinearStrip, stripOf } from '../../models/disturbance/linear-projects.ts';
import type { SupervisionRules } from '../../models/disturbance/rules/supervision-2024.ts';
import { type Judgement, judge, type OverlayMeasures } from '../../models/disturbance/verdict.ts';
import { type Geometry, planarArea, polygonsOf } from '../formats/geometry.ts';
import {
  areaOutside,
  distanceBetween,
  outlineBeyond,
  outlineLength,
  type PlanarShape,
  polygonGeometry,
  shapeArea,
  shapeOf,
  sharedArea,
  unionOf,
  widened,
} from '../formats/planar-shapes.ts';
import { ellipsoidalAreaSquareMetres } from '../formats/polygon-area.ts';
import { type Box, BoxIndex, boxOf, grown } from './box-index.ts';

/** A boundary version with its place in the system of the overlay. */
export interface PlacedBoundary extends BoundaryVersion {
  readonly geometry: Geometry;
  /** True for linear projects (线型工程); false where left out. */
  readonly isLinear?: boolean;
  /** On the ellipsoid, m²; that of the plane where left out. */
  readonly areaSquareMetres?: number;
}

/** A patch to be held against boundaries. */
export interface PlacedPatch {
  readonly key: string;
  readonly geometry: Geometry;
  readonly imageDate: string;
  readonly disturbed: FirstDisturbed;
}

export interface PatchOverlay {
  readonly key: string;
  readonly measures: OverlayMeasures;
  readonly judgement: Judgement;
  /** Versions of all boundaries whose overlap or nearness could decide: what a later revision is compared with. */
  readonly looked: readonly string[];
}

export interface OverlayOptions {
  /** System of all coordinates, in metres; conformal, so that distances hold. Null for a plane without an ellipsoid. */
  readonly crs: string | null;
  readonly rules: SupervisionRules;
  /** Day on which the decision is taken: versions learnt later play no part. */
  readonly knownOn: string;
}

interface Indexed<T> {
  readonly item: T;
  readonly box: Box;
  shape(): PlanarShape;
  /** The shape, or at least those of its parts whose boxes meet a box. */
  shapeNear(box: Box): PlanarShape;
}

/** Boundaries of more parts, such as claims spread over a district, are looked at part by part. */
const mostParts = 8;

/** Side of the bins of the index, metres. */
const binMetres = 2000;

function indexed<T extends { readonly geometry: Geometry }>(item: T): Indexed<T> {
  let shape: PlanarShape | undefined;
  const whole = (): PlanarShape => (shape ??= shapeOf(item.geometry));
  const parts = polygonsOf(item.geometry);
  if (parts.length <= mostParts) return { item, box: boxOf(item.geometry), shape: whole, shapeNear: whole };
  const geometries = parts.map((coordinates): Geometry => ({ type: 'Polygon', coordinates }));
  const index = new BoxIndex(geometries, boxOf, binMetres);
  const shapeNear = (box: Box): PlanarShape =>
    shapeOf({ type: 'MultiPolygon', coordinates: index.search(box).flatMap(polygonsOf) });
  return { item, box: boxOf(item.geometry), shape: whole, shapeNear };
}

/** Name of a version, `project@version`. */
export const versionName = ({ project, version }: BoundaryVersion): string => `${project}@${version}`;

/**
 * Holds the patches of a batch against boundaries: what was in force on the day of the imagery and known on the day of the
 * decision. Areas are those on the ellipsoid.
 */
export class BoundaryOverlay {
  private readonly boundaries: BoxIndex<Indexed<PlacedBoundary>>;
  private readonly byProject = new Map<string, PlacedBoundary[]>();
  private readonly patches: BoxIndex<Indexed<PlacedPatch>>;
  private readonly shapes: ReadonlyMap<PlacedPatch, Indexed<PlacedPatch>>;
  private readonly started = new Map<PlacedBoundary, boolean>();
  private readonly options: OverlayOptions;

  /** @param patches all patches of the batch: a project is unstarted when none of them lies in it */
  constructor(boundaries: readonly PlacedBoundary[], patches: readonly PlacedPatch[], options: OverlayOptions) {
    this.options = options;
    this.boundaries = new BoxIndex(boundaries.map(indexed), ({ box }) => box, binMetres);
    this.shapes = new Map(patches.map((patch) => [patch, indexed(patch)]));
    this.patches = new BoxIndex([...this.shapes.values()], ({ box }) => box, binMetres);
    for (const boundary of boundaries) {
      const versions = this.byProject.get(boundary.project);
      if (versions === undefined) this.byProject.set(boundary.project, [boundary]);
      else versions.push(boundary);
    }
  }

  /** Measures one patch and proposes its verdict. */
  overlay(patch: PlacedPatch): PatchOverlay {
    const { rules, knownOn, crs } = this.options;
    const shape = this.shapes.get(patch)?.shape() ?? shapeOf(patch.geometry);
    const planar = shapeArea(shape);
    // The scale of a conformal system is the same all over a patch to a millionth.
    const scale = planar === 0 || crs === null ? 1 : ellipsoidalAreaSquareMetres(polygonGeometry(shape), crs) / planar;
    const near = this.inForce(patch, rules.thresholds.toleranceMetres.value);
    const measures = this.measure(patch, shape, planar, scale, near);
    const moment: Moment = { imageDate: patch.imageDate, knownOn };
    return {
      key: patch.key,
      measures,
      judgement: judge({ measures, moment, disturbed: patch.disturbed }, rules),
      looked: near.map(({ item }) => versionName(item)).sort(),
    };
  }

  private measure(
    patch: PlacedPatch,
    shape: PlanarShape,
    planar: number,
    scale: number,
    near: readonly Indexed<PlacedBoundary>[],
  ): OverlayMeasures {
    const tolerance = this.options.rules.thresholds.toleranceMetres.value;
    const definite = near.filter(({ item }) => item.kind === '防治责任范围');
    const schematic = near.filter(({ item }) => item.kind === '示意性范围');
    const box = grown(boxOf(patch.geometry), tolerance);
    const range = unionOf(definite.map((each) => each.shapeNear(box)));
    const sketch = unionOf(schematic.map((each) => each.shapeNear(box)));
    const inside = range === undefined ? 0 : sharedArea(shape, range);
    const beyond =
      range === undefined ? planar : tolerance === 0 ? planar - inside : areaOutside(shape, widened(range, tolerance));
    const surely = range === undefined || tolerance === 0 ? inside : sharedArea(shape, widened(range, -tolerance));
    const areaIn = ({ item, shapeNear }: Indexed<PlacedBoundary>): number =>
      definite.length === 1 && item === definite[0]!.item ? inside : sharedArea(shape, shapeNear(box));
    const overlapped = near
      .map((each) => ({ item: each.item, area: areaIn(each) * scale }))
      .filter(({ area }) => area > this.options.rules.thresholds.overlapEpsilon.value * planar);
    return {
      areaSquareMetres: planar * scale,
      insideSquareMetres: inside * scale,
      beyondToleranceSquareMetres: Math.max(0, beyond) * scale,
      surelyInsideSquareMetres: surely * scale,
      insideSchematicSquareMetres: sketch === undefined ? 0 : sharedArea(shape, sketch) * scale,
      boundaries: overlapped.map(({ item, area }) => ({
        project: item.project,
        version: item.version,
        kind: item.kind,
        approved: item.approved,
        accepted: item.accepted,
        insideSquareMetres: area,
        areaSquareMetres: item.areaSquareMetres ?? planarArea(item.geometry) * scale,
      })),
      unstarted: inside === 0 || surely === 0 ? this.nearestUnstarted(patch, shape) : undefined,
      lateral: beyond > 0 ? this.lateralStretch(patch, shape, planar) : undefined,
    };
  }

  /** Boundaries in force for a patch whose boxes come within a distance of it. */
  private inForce(patch: PlacedPatch, metres: number): Indexed<PlacedBoundary>[] {
    const moment: Moment = { imageDate: patch.imageDate, knownOn: this.options.knownOn };
    return this.boundaries
      .search(grown(boxOf(patch.geometry), metres))
      .filter(({ item }) => versionsInForce(this.byProject.get(item.project)!, moment, patch.disturbed).includes(item));
  }

  /** How far a long patch lies off the nearest linear project; undefined for others and where there is none near. */
  private lateralStretch(patch: PlacedPatch, shape: PlanarShape, planar: number): OverlayMeasures['lateral'] {
    const { searchMetres, lateralShiftMetres } = this.options.rules.thresholds;
    const perimeter = outlineLength(shape);
    const strip = stripOf(planar, perimeter);
    if (!isLinearStrip(strip)) return undefined;
    let nearest: { readonly boundary: Indexed<PlacedBoundary>; readonly metres: number } | undefined;
    for (const boundary of this.inForce(patch, searchMetres.value)) {
      if (!boundary.item.isLinear || boundary.item.kind !== '防治责任范围') continue;
      const metres = distanceBetween(shape, boundary.shape());
      if (metres <= searchMetres.value && (nearest === undefined || metres < nearest.metres))
        nearest = { boundary, metres };
    }
    if (nearest === undefined) return undefined;
    const { item, shape: whole } = nearest.boundary;
    const shiftedShare = outlineBeyond(shape, whole(), lateralShiftMetres.value) / perimeter;
    return {
      project: item.project,
      shiftedMetres: strip.lengthMetres * shiftedShare,
      approvedMetres: stripOf(shapeArea(whole()), outlineLength(whole())).lengthMetres,
    };
  }

  private nearestUnstarted(patch: PlacedPatch, shape: PlanarShape): OverlayMeasures['unstarted'] {
    const search = this.options.rules.thresholds.searchMetres.value;
    let nearest: { project: string; metres: number } | undefined;
    for (const boundary of this.inForce(patch, search)) {
      if (boundary.item.kind !== '防治责任范围' || this.isStarted(boundary)) continue;
      const metres = distanceBetween(shape, boundary.shape());
      if (metres > search) continue;
      if (nearest === undefined || metres < nearest.metres) nearest = { project: boundary.item.project, metres };
    }
    return nearest;
  }

  /** True when some patch of the batch lies in a boundary. */
  private isStarted({ item, box, shape }: Indexed<PlacedBoundary>): boolean {
    let started = this.started.get(item);
    if (started === undefined) {
      const tolerance = this.options.rules.thresholds.toleranceMetres.value;
      const epsilon = this.options.rules.thresholds.overlapEpsilon.value;
      const core = tolerance === 0 ? shape() : widened(shape(), -tolerance);
      started = this.patches.search(box).some((patch) => {
        const own = patch.shape();
        return sharedArea(own, core) > epsilon * shapeArea(own);
      });
      this.started.set(item, started);
    }
    return started;
  }
}
