import { existsSync, readFileSync } from 'node:fs';
import { referenceVisits, type TerrainVisits } from '../../../models/terrain/tiled/terrain-visits.ts';
import { WebAssembly } from '../web-assembly.ts';
import { WasmTerrain } from './wasm-terrain.ts';

const places = ['../../../models/kernels/terrain.wasm', '../../../dist/models/kernels/terrain.wasm'];
let compiled: TerrainVisits | null | undefined;

/** The compiled terrain visits, or undefined where the build left none (sources run without `npm run build`). */
export function compiledVisits(): TerrainVisits | undefined {
  if (compiled === undefined) {
    const path = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
    compiled = path === undefined ? null : new WasmTerrain(new WebAssembly.Module(new Uint8Array(readFileSync(path))));
  }
  return compiled ?? undefined;
}

/**
 * The terrain visits of this process: compiled, or in TypeScript where the build left none or `SHUIBAO_KERNELS` is
 * `typescript`. The bytes are the same.
 */
export function terrainVisits(): TerrainVisits {
  if (process.env.SHUIBAO_KERNELS === 'typescript') return referenceVisits;
  return compiledVisits() ?? referenceVisits;
}
