import type { CommonLayers, PracticeLayer } from '../../models/erosion/annual-erosion.ts';
import type { RowPlace } from './strip-inputs.ts';

/** Rows whose practice factors are wanted. */
export interface PracticePlace extends RowPlace {
  readonly layers: CommonLayers;
  readonly halfMonth: readonly Float32Array[] | undefined;
  /** Array of a factor over the rows. */
  readonly out: (symbol: string) => Float32Array;
}

export type PracticeReader = (place: PracticePlace) => PracticeLayer[];
