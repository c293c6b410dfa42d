import type { PatchOverlap } from '../../models/disturbance/lineage.ts';
import type { Geometry } from '../formats/geometry.ts';
import { type PlanarShape, shapeOf, sharedArea } from '../formats/planar-shapes.ts';
import { BoxIndex, boxOf } from './box-index.ts';

interface Keyed {
  readonly key: string;
  readonly geometry: Geometry;
}

/** Overlaps of the patches of two batches, in squared units of their common plane; pairs that only touch are left out. */
export function patchOverlaps(previous: readonly Keyed[], current: readonly Keyed[]): PatchOverlap[] {
  const shapes = new Map<Keyed, PlanarShape>();
  const shape = (patch: Keyed): PlanarShape => {
    let found = shapes.get(patch);
    if (found === undefined) shapes.set(patch, (found = shapeOf(patch.geometry)));
    return found;
  };
  const index = new BoxIndex(previous, ({ geometry }) => boxOf(geometry), 1000);
  return current.flatMap((now) =>
    index.search(boxOf(now.geometry)).flatMap((before): PatchOverlap[] => {
      const squareMetres = sharedArea(shape(now), shape(before));
      return squareMetres > 0 ? [{ previous: before.key, current: now.key, squareMetres }] : [];
    }),
  );
}
