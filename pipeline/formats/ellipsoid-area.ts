/** Areas on the CGCS2000 ellipsoid (GRS80: a = 6378137 m, 1/f = 298.257222101), for rasters in degrees. */

const semiMajorMetres = 6378137;
const flattening = 1 / 298.257222101;
const semiMinorMetres = semiMajorMetres * (1 - flattening);
const eccentricitySquared = flattening * (2 - flattening);
const eccentricity = Math.sqrt(eccentricitySquared);

/** Area between the equator and a parallel per radian of longitude: (b²/2)·[sinφ/(1−e²sin²φ) + atanh(e·sinφ)/e]. */
export function areaToParallel(latitudeDegrees: number): number {
  const sine = Math.sin((latitudeDegrees * Math.PI) / 180);
  const first = sine / (1 - eccentricitySquared * sine * sine);
  return ((semiMinorMetres * semiMinorMetres) / 2) * (first + Math.atanh(eccentricity * sine) / eccentricity);
}

/** Exact area in m² of the cell between two meridians and two parallels, degrees. */
export function geographicCellAreaSquareMetres(
  southDegrees: number,
  northDegrees: number,
  longitudeWidthDegrees: number,
): number {
  const radians = (longitudeWidthDegrees * Math.PI) / 180;
  return radians * (areaToParallel(northDegrees) - areaToParallel(southDegrees));
}

/** Cell area in m² for each row of a north-up raster in degrees; all cells of a row have the same. */
export function geographicRowAreasSquareMetres(
  northDegrees: number,
  cellHeightDegrees: number,
  cellWidthDegrees: number,
  rows: number,
): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) =>
    geographicCellAreaSquareMetres(
      northDegrees - (row + 1) * cellHeightDegrees,
      northDegrees - row * cellHeightDegrees,
      cellWidthDegrees,
    ),
  );
}
