import type { Allocator } from './allocator.ts';
import { landUseCodes } from './counting-memory.ts';
import { singleLossRatio, soilLossRatioOrder } from './single-loss-ratio.ts';

const bytes = 256;
const forest = soilLossRatioOrder.indexOf('forest-orchard');

/** Memory of tables of SLR, and of where those of each land-use code are. */
export interface RatioMemory {
  /** 256 numbers for each group without understorey, then for each byte of understorey. */
  readonly ratios: Float64Array;
  /** Start of the table of a code, −1 where it has none; how much further on that of each byte of understorey starts. */
  readonly starts: Int32Array;
  readonly steps: Int32Array;
}

export const ratioMemory = (allocator: Allocator): RatioMemory => ({
  ratios: allocator.float64((forest + bytes) * bytes),
  starts: allocator.int32(landUseCodes),
  steps: allocator.int32(landUseCodes),
});

/**
 * Soil loss ratios of every byte of cover, and for forest of every byte of cover and understorey: what {@link singleLossRatio}
 * gives for the value of the byte.
 */
export class RatioTables {
  private readonly memory: RatioMemory;
  private cover: Float32Array | undefined;
  private understorey: Float32Array | number | undefined;

  /** @param group by land-use code: 0 = no table, else the number of its group */
  constructor(memory: RatioMemory, group: Uint8Array) {
    this.memory = memory;
    for (let code = 0; code < landUseCodes; code++) {
      memory.starts[code] = group[code] === 0 ? -1 : (group[code] - 1) * bytes;
      memory.steps[code] = group[code] === 1 + forest ? bytes : 0;
    }
  }

  /**
   * Fills the tables, unless they are those of the same values already.
   * @param cover FVC of each byte
   * @param understorey GD of each byte, or one GD for all
   */
  hold(cover: Float32Array, understorey: Float32Array | number): RatioMemory {
    if (cover !== this.cover || !Object.is(understorey, this.understorey)) {
      for (let group = 0; group < forest; group++) this.fill(group, 0, cover, Number.NaN);
      if (typeof understorey === 'number') this.fill(forest, 0, cover, Math.fround(understorey));
      else for (const [ground, fraction] of understorey.entries()) this.fill(forest, ground, cover, fraction);
      this.cover = cover;
      this.understorey = understorey;
    }
    return this.memory;
  }

  private fill(group: number, ground: number, cover: Float32Array, understorey: number): void {
    const start = (group + ground) * bytes;
    const isMissing = group === forest && Number.isNaN(understorey);
    for (let code = 0; code < bytes; code++)
      this.memory.ratios[start + code] =
        isMissing || Number.isNaN(cover[code]) ? Number.NaN : singleLossRatio(group, cover[code], understorey);
  }
}
