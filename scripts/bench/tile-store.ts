import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TileId } from '../../models/grid/tile-layout.ts';

/** Rasters by layer and tile as plain files of a directory, so that a raster of any size takes the memory of a tile. */
export class TileStore {
  private readonly directory: string;

  constructor(directory: string) {
    mkdirSync(directory, { recursive: true });
    this.directory = directory;
  }

  write(layer: string, tile: TileId, cells: Float32Array | Uint8Array): void {
    writeFileSync(this.pathOf(layer, tile), new Uint8Array(cells.buffer, cells.byteOffset, cells.byteLength));
  }

  floats(layer: string, tile: TileId): Float32Array {
    const { buffer, byteOffset, byteLength } = this.bytes(layer, tile);
    return new Float32Array(buffer, byteOffset, byteLength / 4);
  }

  bytes(layer: string, tile: TileId): Uint8Array {
    return readFileSync(this.pathOf(layer, tile));
  }

  private pathOf(layer: string, tile: TileId): string {
    return join(this.directory, `${layer}-${tile}`);
  }
}
