import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import { afterIdle } from '../../formats/after-idle.ts';
import { keptMilliseconds, type WasmMemory, type WasmModule, WebAssembly } from '../web-assembly.ts';
import { factorVisit } from './factor-visit.ts';
import { fillVisit } from './fill-visit.ts';
import { directWater, flowVisit, tileSlope } from './flow-visit.ts';
import { pathVisit } from './path-visit.ts';
import type { TerrainExports } from './terrain-exports.ts';
import { TerrainMemory } from './terrain-memory.ts';
import type { TileTerrain } from './tile-terrain.ts';

const pageBytes = 1 << 16;

/**
 * The terrain visits on compiled kernels: the bytes of `referenceVisits`. One memory, laid out anew when a tile has another
 * shape than the one before; one tile at a time. What no tile has asked for in a while is let go, which the tile that has it
 * does not notice.
 */
export class WasmTerrain {
  private readonly module: WasmModule;
  private memory: WasmMemory | undefined;
  private run!: TerrainExports;
  private laidOut: TerrainMemory | undefined;
  private readonly used = afterIdle(keptMilliseconds, () => this.release());

  constructor(module: WasmModule) {
    this.module = module;
  }

  /** The visits to a tile of some shape; what was given out before for another shape no longer holds. */
  tile(extent: TileExtent): TileTerrain {
    this.used();
    const memory = this.layOut(extent);
    const { run } = this;
    const [z, , , slope] = memory.words;
    const [, direction] = memory.bytes;
    const elevation = memory.rows(z!.floats);
    return {
      elevation,
      filled: elevation,
      direction: memory.rows(direction!.cells),
      slopeDegrees: memory.rows(slope!.floats),
      fill: () => fillVisit(run, memory),
      flow: (drains, fill) => flowVisit(run, memory, drains, fill),
      direct: (drains, fill) => directWater(run, memory, drains, fill),
      slope: (fill, cellSizeMetres) => tileSlope(run, memory, fill, cellSizeMetres),
      paths: (fill, flats, rules) => pathVisit(run, memory, fill, flats, rules),
      factors: (fill, inflow, lengths, options, cellSizeMetres) =>
        factorVisit(run, memory, fill, inflow, lengths, options, cellSizeMetres),
    };
  }

  private layOut(extent: TileExtent): TerrainMemory {
    const { width, height } = extent;
    if (this.laidOut?.width !== width || this.laidOut.height !== height) {
      this.laidOut = new TerrainMemory(
        extent,
        (pages) => this.memoryOf(pages),
        (...rows) => run.copyRows(...rows),
      );
      // What is laid out keeps the code over its memory, whatever becomes of it here.
      const { run } = this;
      run.setShape(width, height, this.laidOut.stride);
    }
    return this.laidOut;
  }

  private release(): void {
    this.memory = undefined;
    this.laidOut = undefined;
    this.run = undefined!;
  }

  /**
   * A larger tile gets a new memory and new code over it. Memory that grows takes its old buffer away, after which the
   * engine checks every typed array of the process at every access.
   */
  private memoryOf(pages: number): WasmMemory {
    if (this.memory === undefined || this.memory.buffer.byteLength < pages * pageBytes) {
      this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
      const abort = () => {
        throw new Error('a kernel stopped');
      };
      const { exports } = new WebAssembly.Instance(this.module, { env: { memory: this.memory, abort } });
      this.run = exports as unknown as TerrainExports;
    }
    return this.memory;
  }
}
