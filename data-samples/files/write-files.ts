import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeRaster } from '../../pipeline/formats/raster-write.ts';
import type { RegionFile } from './region-file.ts';

/** Writes the files of the region below a folder, which is made when missing. */
export async function writeRegionFiles(directory: string, files: readonly RegionFile[]): Promise<void> {
  for (const file of files) {
    const path = join(directory, file.path);
    await mkdir(dirname(path), { recursive: true });
    if (file.kind === 'bytes') await writeFile(path, file.bytes);
    else
      await writeRaster(path, {
        grid: file.grid,
        codec: 'deliverable',
        metadata: file.metadata,
        bands: file.bands,
        blockSize: 256,
      });
  }
}
