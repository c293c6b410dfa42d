import { csleReader } from './csle-rows.ts';
import type { CsleParameters, RusleParameters } from './erosion-parameters.ts';
import type { PracticeReader } from './practice-reader.ts';
import { rusleReader } from './rusle-rows.ts';

/** Reader of B, E, T of CSLE or C, P of RUSLE, in the order of the equation. */
export const practiceReader = (parameters: CsleParameters | RusleParameters): PracticeReader =>
  parameters.model === 'RUSLE' ? rusleReader(parameters) : csleReader(parameters);
