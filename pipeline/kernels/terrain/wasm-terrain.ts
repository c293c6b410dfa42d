import type { TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import { type WasmMemory, type WasmModule, WebAssembly } from '../web-assembly.ts';
import { factorVisit } from './factor-visit.ts';
import { fillVisit } from './fill-visit.ts';
import { flowVisit } from './flow-visit.ts';
import { pathVisit } from './path-visit.ts';
import type { TerrainExports } from './terrain-exports.ts';
import { TerrainMemory } from './terrain-memory.ts';

const pageBytes = 1 << 16;

/**
 * The terrain visits on compiled kernels: the bytes of `referenceVisits`. One memory, laid out anew when a tile has another
 * shape than the one before; one tile at a time.
 */
export class WasmTerrain implements TerrainVisits {
  private readonly module: WasmModule;
  private memory: WasmMemory | undefined;
  private run!: TerrainExports;
  private laidOut: TerrainMemory | undefined;

  constructor(module: WasmModule) {
    this.module = module;
  }

  fill: TerrainVisits['fill'] = (elevation, extent) => {
    const memory = this.layOut(extent);
    return fillVisit(this.run, memory, elevation);
  };

  flow: TerrainVisits['flow'] = (elevation, drains, fill, extent, cellSizeMetres) => {
    const memory = this.layOut(extent);
    return flowVisit(this.run, memory, elevation, drains, fill, cellSizeMetres);
  };

  paths: TerrainVisits['paths'] = (flow, fill, flats, rules, extent) => {
    const memory = this.layOut(extent);
    return pathVisit(this.run, memory, flow, fill, flats, rules);
  };

  factors: TerrainVisits['factors'] = (grid, inflow, lengths, options, extent, cellSizeMetres) => {
    const memory = this.layOut(extent);
    return factorVisit(this.run, memory, grid, inflow, lengths, options, extent, cellSizeMetres);
  };

  private layOut(extent: TileExtent): TerrainMemory {
    const { width, height } = extent;
    if (this.laidOut?.width !== width || this.laidOut.height !== height) {
      this.laidOut = new TerrainMemory(extent, (pages) => this.memoryOf(pages));
      this.run.setShape(width, height, this.laidOut.stride);
    }
    return this.laidOut;
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
