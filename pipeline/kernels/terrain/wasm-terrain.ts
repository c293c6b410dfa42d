import type { TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import { type WasmMemory, type WasmModule, WebAssembly } from '../web-assembly.ts';
import { factorVisit } from './factor-visit.ts';
import { fillVisit } from './fill-visit.ts';
import { flowVisit } from './flow-visit.ts';
import { pathVisit } from './path-visit.ts';
import type { TerrainExports } from './terrain-exports.ts';
import { TerrainMemory } from './terrain-memory.ts';

/**
 * The terrain visits on compiled kernels: the bytes of `referenceVisits`. One memory, laid out anew when a tile has another
 * shape than the one before; one tile at a time.
 */
export class WasmTerrain implements TerrainVisits {
  private readonly memory: WasmMemory;
  private readonly run: TerrainExports;
  private laidOut: TerrainMemory | undefined;

  constructor(module: WasmModule) {
    this.memory = new WebAssembly.Memory({ initial: 1, maximum: 1 << 16 });
    const abort = () => {
      throw new Error('a kernel stopped');
    };
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory, abort } });
    this.run = exports as unknown as TerrainExports;
  }

  fill: TerrainVisits['fill'] = (elevation, extent) => fillVisit(this.run, this.layOut(extent), elevation);

  flow: TerrainVisits['flow'] = (elevation, drains, fill, extent, cellSizeMetres) =>
    flowVisit(this.run, this.layOut(extent), elevation, drains, fill, cellSizeMetres);

  paths: TerrainVisits['paths'] = (flow, fill, flats, rules, extent) =>
    pathVisit(this.run, this.layOut(extent), flow, fill, flats, rules);

  factors: TerrainVisits['factors'] = (grid, inflow, lengths, options, extent, cellSizeMetres) =>
    factorVisit(this.run, this.layOut(extent), grid, inflow, lengths, options, extent, cellSizeMetres);

  private layOut(extent: TileExtent): TerrainMemory {
    const { width, height } = extent;
    if (this.laidOut?.width !== width || this.laidOut.height !== height) {
      this.laidOut = new TerrainMemory(this.memory, extent);
      this.run.setShape(width, height, this.laidOut.stride);
    }
    return this.laidOut;
  }
}
