import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { regionFrame } from '../../../../data-samples/region-frame.ts';
import { layRaster, type RowChange } from './large-rasters.ts';
import { layFeatures, stretchAreas, stretchZones } from './large-vectors.ts';
import type { Mirror } from './mirror.ts';

/** A little more than the 92 m that rivers of the piece fall from south to north, so that mirrored ones do not run backwards. */
const fallPerPieceMetres = 100;

/**
 * Lays a generated region of `size / times` cells over one of `size`, in memory that follows the piece. What is said of cells and
 * engineering measures comes in mirror images; zones are stretched. A fall to the north as gentle as that of a valley floor
 * lets rivers of all images run through.
 *
 * @param paths files below both folders
 * @param size cells of the side, a multiple of `times`
 */
export async function layRegion(
  from: string,
  to: string,
  paths: readonly string[],
  size: number,
  times: number,
): Promise<void> {
  // Chance has its part in the piece alone.
  const mirror: Mirror = { piece: regionFrame(size / times, 0), whole: regionFrame(size, 0), times };
  for (const path of paths) {
    const files = [mirror, join(from, path), join(to, path)] as const;
    mkdirSync(dirname(files[2]), { recursive: true });
    if (path === 'elevation.tif') await layRaster(...files, falling(mirror.piece.size));
    else if (extname(path) === '.tif') await layRaster(...files);
    else if (path === 'engineering-measures.geojson') await layFeatures(...files);
    else if (dirname(path) === 'zones') await stretchZones(...files);
    else if (path === 'tables/land-areas.csv') stretchAreas(...files);
    else copyFileSync(files[1], files[2]);
  }
}

/** Raises rows by the fall, to the decimetres that elevation is told in. */
function falling(rowsOfPiece: number): RowChange {
  return (cells, row, nodata) => {
    const raised = (fallPerPieceMetres / rowsOfPiece) * row;
    for (let x = 0; x < cells.length; x++)
      if (cells[x] !== nodata) cells[x] = Math.floor((cells[x]! + raised) * 10 + 0.5) / 10;
  };
}
