import { geographicCellAreaSquareMetres } from '../formats/ellipsoid-area.ts';
import type { RasterInspection } from '../formats/inspect/inspection.ts';

/** Area of one cell in m², for rasters in degrees that of a cell in the middle row; undefined without a position. */
export function cellAreaSquareMetres(raster: RasterInspection): number | undefined {
  const { cellWidth, cellHeight } = raster.georeference;
  if (!cellWidth || !cellHeight) return undefined;
  if (raster.crs.kind === 'geographic') {
    if (!raster.extent) return undefined;
    const middle = (raster.extent.north + raster.extent.south) / 2;
    if (Math.abs(middle) > 90) return undefined;
    return geographicCellAreaSquareMetres(middle - cellHeight / 2, middle + cellHeight / 2, cellWidth);
  }
  const unit = raster.crs.unitToMetre ?? 1;
  return cellWidth * cellHeight * unit * unit;
}
