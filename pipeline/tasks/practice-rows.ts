import type { CommonLayers, PracticeLayer } from '../../models/erosion/annual-erosion.ts';
import type { CsleParameters, RusleParameters } from './erosion-parameters.ts';
import { csleReader } from './csle-rows.ts';
import { rusleReader } from './rusle-rows.ts';
import type { RowPlace } from './tile-inputs.ts';

/** Rows whose practice factors are wanted. */
export interface PracticePlace extends RowPlace {
  readonly layers: CommonLayers;
  readonly halfMonth: readonly Float32Array[] | undefined;
  /** Array of a factor over the rows. */
  readonly out: (symbol: string) => Float32Array;
}

export type PracticeReader = (place: PracticePlace) => PracticeLayer[];

/** Reader of B, E, T of CSLE or C, P of RUSLE, in the order of the equation. */
export const practiceReader = (parameters: CsleParameters | RusleParameters): PracticeReader =>
  parameters.model === 'RUSLE' ? rusleReader(parameters) : csleReader(parameters);
