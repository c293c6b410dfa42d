import { defaultSeed } from '../../data-samples/generate-region.ts';
import { makeRegion, type RegionContent } from '../../data-samples/region-content.ts';

let region: RegionContent | undefined;

/** A region of a tenth of the full area that still has room for every planted story; made once for a file's tests. */
export function lawRegion(): RegionContent {
  region ??= makeRegion(640, defaultSeed);
  return region;
}
