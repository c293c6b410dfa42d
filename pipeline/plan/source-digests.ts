import { existsSync } from 'node:fs';
import { extname } from 'node:path';
import type { CellWindow, GridSpec } from '../../models/grid/grid-spec.ts';
import { placementOf, sourceWindow } from '../formats/align.ts';
import { type BlockDigests, digestBlocks, windowDigest } from '../formats/block-digests.ts';
import { digestFile } from '../formats/file-digest.ts';
import { openRaster, type RasterDescription } from '../formats/raster-read.ts';
import { locator, sourceFile } from '../tasks/source-file.ts';
import type { SourceReference } from '../tasks/task.ts';
import { sha256 } from '../tasks/task-key.ts';

/** Parts of a vector data set that lie beside the named file and change what it means. */
const companions = ['.dbf', '.shx', '.prj', '.cpg'];

/** A window off the raster reads no block; the header alone decides its digest. */
const nothing: CellWindow = { x0: 0, y0: 0, width: 0, height: 0 };

/**
 * Digests of the user's files for one plan. A raster is digested block by block, so that a tile depends only on the blocks
 * under it; each file is read once however many tiles use it.
 */
export class SourceDigests {
  readonly #cacheDirectory: string;
  readonly #blocks = new Map<string, Promise<BlockDigests>>();
  readonly #descriptions = new Map<string, RasterDescription>();

  constructor(cacheDirectory: string) {
    this.#cacheDirectory = cacheDirectory;
  }

  /** A whole file, with the companions of a Shapefile. */
  async file(path: string, shown: string): Promise<SourceReference> {
    const file = await sourceFile(path, shown);
    const base = path.slice(0, path.length - extname(path).length);
    const beside = extname(path).toLowerCase() === '.shp' ? companions.map((end) => base + end).filter(existsSync) : [];
    const cache = { cacheDirectory: this.#cacheDirectory };
    const digests = await Promise.all([path, ...beside].map(async (each) => (await digestFile(each, cache)).sha256));
    return { source: locator(file), digest: digests.length === 1 ? digests[0]! : sha256(digests.join(' ')) };
  }

  /** All of a raster's blocks. */
  async raster(path: string, shown: string, bands: readonly number[]): Promise<SourceReference> {
    const description = this.describe(path);
    const window = { x0: 0, y0: 0, width: description.width, height: description.height };
    return this.#reference(path, shown, window, bands);
  }

  /**
   * The blocks of a raster that a target window reads; a window off the raster has a digest of its own.
   * @param nearestOnly the task reads the nearest pixel of each cell only
   */
  async rasterWindow(
    path: string,
    shown: string,
    bands: readonly number[],
    target: GridSpec,
    crs: string | null,
    nearestOnly = false,
  ): Promise<SourceReference> {
    const window = sourceWindow(target, placementOf(this.describe(path), crs ?? undefined), nearestOnly);
    return this.#reference(path, shown, window ?? nothing, bands);
  }

  describe(path: string): RasterDescription {
    let description = this.#descriptions.get(path);
    if (!description) {
      const raster = openRaster(path);
      raster.close();
      description = raster;
      this.#descriptions.set(path, description);
    }
    return description;
  }

  async #reference(
    path: string,
    shown: string,
    window: CellWindow,
    bands: readonly number[],
  ): Promise<SourceReference> {
    const file = await sourceFile(path, shown);
    let blocks = this.#blocks.get(path);
    if (!blocks) {
      blocks = digestBlocks(path, { cacheDirectory: this.#cacheDirectory });
      this.#blocks.set(path, blocks);
    }
    return { source: locator(file), digest: windowDigest(await blocks, window, bands) };
  }
}
