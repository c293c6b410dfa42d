import type { CommonLayers, PracticeLayer } from '../../models/erosion/annual-erosion.ts';
import type { Allocator } from '../../models/kernels/allocator.ts';
import type { AnnualKernels } from '../../models/kernels/annual-kernels.ts';
import { landUseCodes } from '../../models/kernels/counting-memory.ts';
import type { ErosivityLines } from '../../models/kernels/half-month-kernels.ts';
import { type PracticeMemory, practiceMemory } from '../../models/kernels/half-month-practice.ts';
import type { RowPlace } from './strip-inputs.ts';

/** Rows whose practice factors are wanted. */
export interface PracticePlace extends RowPlace {
  readonly layers: CommonLayers;
  /** R of the half-months, where the rain data allow them. */
  readonly erosivity: ErosivityLines | undefined;
}

/** Fills one factor over rows. */
export type FactorReader = (place: PracticePlace, out: Float32Array) => PracticeLayer;

/** Tables and work space of one practice factor. */
export interface PartMemory {
  /** Values by byte or by index of polygon, once for land that is not tilled and once for cropland. */
  readonly table: Float32Array;
  /** Where the table of each land-use code starts. */
  readonly starts: Int32Array;
  /** Set for a factor that follows the cover of the year. */
  readonly practice: PracticeMemory | undefined;
}

/** A practice factor of a run or a scenario. Parts with the same key have the same values everywhere. */
export interface PracticePart {
  readonly symbol: string;
  readonly key: string;
  readonly followsCover: boolean;
  /** Input of the polygons that carry its codes. */
  readonly polygons: string | undefined;
  reader(kernels: AnnualKernels, memory: PartMemory): FactorReader;
}

/**
 * Room for the tables of a part.
 * @param cells that are computed at once
 * @param codeCount codes of its polygons
 */
export function partMemory(
  allocator: Allocator,
  { followsCover }: PracticePart,
  cells: number,
  codeCount: number,
): PartMemory {
  return {
    table: allocator.float32(2 * Math.max(codeCount + 1, landUseCodes)),
    starts: allocator.int32(landUseCodes),
    practice: followsCover ? practiceMemory(allocator, cells) : undefined,
  };
}
