import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import type { PracticeMemory } from '../../models/kernels/half-month-practice.ts';
import { csleReader } from './csle-rows.ts';
import type { CsleParameters, RusleParameters } from './erosion-parameters.ts';
import type { PracticeReader } from './practice-reader.ts';
import { rusleReader } from './rusle-rows.ts';

/** Reader of B, E, T of CSLE or C, P of RUSLE, in the order of the equation. */
export const practiceReader = (
  parameters: CsleParameters | RusleParameters,
  kernels: AnnualKernels,
  memory: PracticeMemory,
): PracticeReader => (parameters.model === 'RUSLE' ? rusleReader(parameters) : csleReader(parameters, kernels, memory));
