import { type GridSpec, snapGrid } from '../../models/grid/grid-spec.ts';
import { placementOf } from '../formats/align.ts';
import { isGeographic } from '../formats/crs.ts';
import type { RasterDescription } from '../formats/raster-read.ts';
import type { LoadedRun } from '../inputs/run-file.ts';
import { userError } from '../messages/user-error.ts';

/** Side and cells beyond which a grid is a slip of the pen, not a wish. */
const maximumSide = 2_000_000;

/**
 * The one grid of a run: coordinate system, cell size and extent from the run file, else from the elevation raster.
 * Edges are multiples of the cell size.
 * @throws UserError for a geographic system (slopes need metres), a missing extent or an absurd size
 */
export function targetGrid(loaded: LoadedRun, elevation: RasterDescription): GridSpec {
  const { grid, inputs } = loaded.run;
  const place = placementOf(elevation, inputs.elevation.crs);
  const crs = grid.crs ?? place.crs;
  if (isGeographic(crs))
    throw userError(
      'grid-geographic',
      grid.crs ? loaded.path : inputs.elevation.file,
      { zh: `坐标系 ${crs} 以度为单位`, en: `the coordinate system ${crs} is in degrees` },
      { zh: '坡度与坡长需要以米为单位的投影坐标系', en: 'slope and slope length need a projected system in metres' },
      { zh: '请在 grid.crs 写明，如 EPSG:4544', en: 'state grid.crs, for example EPSG:4544' },
    );
  const [west, dx, , north, , dy] = place.geotransform;
  const sameSystem = crs === place.crs;
  const cellSizeMetres = grid.cellSizeMetres ?? (sameSystem ? Math.abs(dx) : undefined);
  const extent =
    grid.extent ??
    (sameSystem
      ? {
          west: Math.min(west, west + dx * place.width),
          east: Math.max(west, west + dx * place.width),
          south: Math.min(north, north + dy * place.height),
          north: Math.max(north, north + dy * place.height),
        }
      : undefined);
  if (cellSizeMetres === undefined || extent === undefined)
    throw userError(
      'grid-incomplete',
      loaded.path,
      { zh: '高程的坐标系与 grid.crs 不同，无法推定网格', en: 'elevation is in another system than grid.crs' },
      { zh: '应写明 grid.cellSizeMetres 与 grid.extent', en: 'expected grid.cellSizeMetres and grid.extent' },
      { zh: '请在运行文件中补充', en: 'add them to the run file' },
    );
  if (!(extent.east > extent.west) || !(extent.north > extent.south))
    throw userError('grid-extent-empty', loaded.path, {
      zh: 'grid.extent 的东界不大于西界，或北界不大于南界',
      en: 'grid.extent is empty: east must exceed west and north south',
    });
  // The lattice of the elevation is kept where it is the run's own, so that its values pass unchanged.
  const ownLattice = sameSystem && grid.extent === undefined && cellSizeMetres === Math.abs(dx);
  const result = ownLattice
    ? { crs, cellSizeMetres, originX: extent.west, originY: extent.north, width: place.width, height: place.height }
    : snapGrid(crs, cellSizeMetres, extent);
  if (result.width > maximumSide || result.height > maximumSide)
    throw userError('grid-too-large', loaded.path, {
      zh: `网格为 ${result.width} × ${result.height} 格，请检查 cellSizeMetres 与 extent 的单位`,
      en: `the grid would have ${result.width} × ${result.height} cells; check the units of cellSizeMetres and extent`,
    });
  return result;
}
