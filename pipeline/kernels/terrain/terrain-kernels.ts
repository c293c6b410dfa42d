import { existsSync, readFileSync } from 'node:fs';
import type { TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import type { TileExtent } from '../../../models/terrain/tiled/tiled-reduction.ts';
import { WebAssembly } from '../web-assembly.ts';
import { referenceTerrain } from './reference-terrain.ts';
import type { TileTerrain } from './tile-terrain.ts';
import { WasmTerrain } from './wasm-terrain.ts';
import { visitsOnArrays } from './whole-tiles.ts';

const places = ['../../../models/kernels/terrain.wasm', '../../../dist/models/kernels/terrain.wasm'];
let compiled: WasmTerrain | null | undefined;

function compiledTerrain(): WasmTerrain | undefined {
  if (compiled === undefined) {
    const path = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
    compiled = path === undefined ? null : new WasmTerrain(new WebAssembly.Module(new Uint8Array(readFileSync(path))));
  }
  return compiled ?? undefined;
}

/**
 * The compiled visits on arrays of their own, to be held against the reference; undefined where the build left none
 * (sources run without `npm run build`).
 */
export function compiledVisits(): TerrainVisits | undefined {
  const terrain = compiledTerrain();
  return terrain && visitsOnArrays((extent) => terrain.tile(extent));
}

/**
 * The terrain visits to a tile, for one tile at a time in a process: compiled, or in TypeScript where the build left none or
 * `SHUIBAO_KERNELS` is `typescript`. The bytes are the same.
 */
export function terrainOfTile(extent: TileExtent): TileTerrain {
  const terrain = process.env.SHUIBAO_KERNELS === 'typescript' ? undefined : compiledTerrain();
  return terrain ? terrain.tile(extent) : referenceTerrain(extent);
}
