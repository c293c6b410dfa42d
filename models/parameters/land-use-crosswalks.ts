import type { LandUseCrosswalk } from './land-use-crosswalk.ts';
import { clcdCrosswalk } from './land-use-crosswalk-clcd.ts';
import { gbt21010Crosswalk } from './land-use-crosswalk-gbt21010.ts';
import { globeLand30Crosswalk } from './land-use-crosswalk-globeland30.ts';
import { worldCoverCrosswalk } from './land-use-crosswalk-worldcover.ts';

/** Translations of other legends by id. */
export const landUseCrosswalks = {
  gbt21010: gbt21010Crosswalk,
  clcd: clcdCrosswalk,
  'esa-worldcover': worldCoverCrosswalk,
  globeland30: globeLand30Crosswalk,
} as const satisfies Readonly<Record<string, LandUseCrosswalk>>;
