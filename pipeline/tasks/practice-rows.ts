import { csleParts } from './csle-rows.ts';
import type { CsleParameters, ErosionTileParameters, RusleParameters } from './erosion-parameters.ts';
import type { PracticePart } from './practice-reader.ts';
import { rusleParts } from './rusle-rows.ts';

/** B, E, T of CSLE or C, P of RUSLE, in the order of the equation. */
export const practiceParts = (parameters: CsleParameters | RusleParameters): PracticePart[] =>
  parameters.model === 'RUSLE' ? rusleParts(parameters) : csleParts(parameters);

/** The parts of the run itself, then those of each scenario. */
export const partsOfVariants = ({ practice, scenarios }: ErosionTileParameters): PracticePart[][] =>
  [practice, ...scenarios.map((scenario) => scenario.practice)].map(practiceParts);

/** The different parts of all variants. */
export const distinctParts = (variants: readonly (readonly PracticePart[])[]): PracticePart[] => [
  ...new Map(variants.flat().map((part) => [part.key, part])).values(),
];
