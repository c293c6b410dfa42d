import { soilLossRatio } from '../factors/soil-loss-ratio.ts';
import type { SoilLossRatioGroup } from '../parameters/biological-practice.ts';
import type { Allocator } from './allocator.ts';

/** Groups of land use whose B follows their cover; their numbers count from 1. */
export const soilLossRatioOrder = [
  'shrub-tea',
  'grass',
  'forest-orchard',
] as const satisfies readonly SoilLossRatioGroup[];

const bytes = 256;
const forest = soilLossRatioOrder.indexOf('forest-orchard');

/** Memory of tables of SLR, and of the table of each listed cell. */
export interface RatioMemory {
  /** 256 numbers for each group without understorey, then for each byte of understorey. */
  readonly ratios: Float64Array;
  readonly tables: Int32Array;
}

export const ratioMemory = (allocator: Allocator, listed: number): RatioMemory => ({
  ratios: allocator.float64((forest + bytes) * bytes),
  tables: allocator.int32(listed),
});

/** Where the table of a group starts. @param ground byte of understorey, 0 where it is the same everywhere */
export const tableStart = (group: number, ground: number): number =>
  (group === forest ? forest + ground : group) * bytes;

/**
 * Soil loss ratios of every byte of cover, and for forest of every byte of cover and understorey: what the formula gives for
 * the value of the byte, to the last bit.
 */
export class RatioTables {
  private readonly memory: RatioMemory;
  private cover: Float32Array | undefined;
  private understorey: Float32Array | number | undefined;

  constructor(memory: RatioMemory) {
    this.memory = memory;
  }

  /**
   * Fills the tables, unless they are those of the same values already.
   * @param cover FVC of each byte
   * @param understorey GD of each byte, or one GD for all
   */
  hold(cover: Float32Array, understorey: Float32Array | number): RatioMemory {
    if (cover !== this.cover || !Object.is(understorey, this.understorey)) {
      for (let group = 0; group < forest; group++) this.fill(group, 0, cover, Number.NaN);
      if (typeof understorey === 'number') this.fill(forest, 0, cover, understorey);
      else for (const [ground, fraction] of understorey.entries()) this.fill(forest, ground, cover, fraction);
      this.cover = cover;
      this.understorey = understorey;
    }
    return this.memory;
  }

  private fill(group: number, ground: number, cover: Float32Array, understorey: number): void {
    const start = tableStart(group, ground);
    const name = soilLossRatioOrder[group];
    for (let code = 0; code < bytes; code++)
      this.memory.ratios[start + code] = soilLossRatio(name, cover[code], understorey);
  }
}
