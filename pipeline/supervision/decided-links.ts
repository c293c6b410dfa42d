import { type DecidedLink, decidedLink, sameDecidedGround } from '../../models/disturbance/decided-ground.ts';
import { grouped } from '../../models/disturbance/grouped.ts';
import type { SupervisionRules } from '../../models/disturbance/rules/supervision-2024.ts';
import type { Geometry } from '../formats/geometry.ts';
import { placedIn } from '../formats/placed-in.ts';
import { shapeArea, shapeOf, unionOf } from '../formats/planar-shapes.ts';
import { patchOverlaps } from '../overlay/patch-overlaps.ts';
import type { PatchDraft } from './patch-record.ts';

/** Ground about which people decided. */
export interface DecidedGround {
  readonly number: string;
  readonly geometry: Geometry;
  readonly crs: string;
}

/**
 * Links of patches to decisions on the same ground, by the patches' keys.
 *
 * @param placed geometries of the drafts in the system of the overlay
 */
export function decidedLinks(
  drafts: readonly PatchDraft[],
  placed: ReadonlyMap<string, Geometry>,
  decided: readonly DecidedGround[],
  { crs, rules }: { readonly crs: string; readonly rules: SupervisionRules },
): Map<string, DecidedLink> {
  const ground = new Map(decided.map(({ number, geometry, crs: from }) => [number, placedIn(geometry, from, crs)]));
  const area = (geometry: Geometry): number => shapeArea(shapeOf(geometry));
  const areaOf = new Map([...ground].map(([number, geometry]) => [number, area(geometry)]));
  const overlaps = patchOverlaps(
    [...ground].map(([key, geometry]) => ({ key, geometry })),
    drafts.map(({ key }) => ({ key, geometry: placed.get(key)! })),
  );
  const byPatch = grouped(overlaps, ({ current }) => current);
  const links = new Map<string, DecidedLink>();
  for (const [key, found] of byPatch) {
    const squareMetres = area(placed.get(key)!);
    const same = sameDecidedGround(
      squareMetres,
      found.map(({ previous, squareMetres: overlapSquareMetres }) => ({
        number: previous,
        decidedSquareMetres: areaOf.get(previous)!,
        overlapSquareMetres,
      })),
      rules,
    );
    const union = unionOf(same.map(({ number }) => shapeOf(ground.get(number)!)));
    const link = union && decidedLink(squareMetres, same, shapeArea(union), rules);
    if (link !== undefined) links.set(key, link);
  }
  return links;
}
