import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AnnualTables } from './annual-tables.ts';
import { type ProcessTreeTime, runProgram } from './process-tree.ts';

const number = (value: number | null): string => (value === null ? 'null()' : `float(${value})`);

/** A chain of conditions over a code, as `r.mapcalc` has them. */
const chosen = (map: string, values: readonly (readonly [number, number | null])[], otherwise: string): string =>
  values.reduceRight((rest, [code, value]) => `if(${map} == ${code}, ${number(value)}, ${rest})`, otherwise);

const indexed = (map: string, values: readonly (number | null)[]): string =>
  chosen(map, [...values.entries()].slice(1), number(values[0]!));

/**
 * GRASS for the annual pass of ready factors: linked inputs, `r.mapcalc` for modulus and class, `r.stats` by zone and land use,
 * and export of both rasters. A cause of nodata is left out.
 *
 * @param inputs directory of the inputs, each one raster of the region
 * @param options creation options of floats and bytes, comma-separated
 * @returns what it took, and the cells of each class in `output`, one `class cells` a line
 */
export function grassAnnual(
  inputs: string,
  directory: string,
  options: readonly [floats: string, bytes: string],
  tables: AnnualTables,
): ProcessTreeTime {
  const results = join(directory, 'grass');
  mkdirSync(results);
  const rasters = {
    slope: ['terrain', 1],
    length: ['terrain', 2],
    steepness: ['terrain', 3],
    zones: ['zones', 1],
    engineering: ['engineering', 1],
    tillage: ['tillage', 1],
    use: ['land-use', 1],
    erosivity: ['erosivity-year', 1],
    erodibility: ['erodibility', 1],
  } as const;
  const biological = chosen(
    'use',
    Object.entries(tables.B).map(([code, value]) => [Number(code), value] as const),
    'null()',
  );
  const isCropland = tables.cropland.map((code) => `use == ${code}`).join(' || ');
  const tillage = `if(${isCropland}, ${indexed('tillage', tables.T)}, float(1))`;
  const product = `erosivity * erodibility * length * steepness * ${biological} * ${indexed('engineering', tables.E)} * ${tillage} * 100`;
  const classes = `if(a < ${tables.tolerance}, 1, if(a < 2500, 2, if(a < 5000, 3, if(a < 8000, 4, if(a <= 15000, 5, 6)))))`;
  const exported = (map: string, type: string, creation: string) =>
    `r.out.gdal -f --quiet input=${map} type=${type} output="$RESULTS/${map}.tif" createopt=TILED=YES,BLOCKXSIZE=512,BLOCKYSIZE=512,${creation}`;
  const script = [
    'set -e',
    ...Object.entries(rasters).map(
      ([map, [file, band]]) => `r.external -o --quiet input="$INPUTS/${file}.tif" band=${band} output=${map}`,
    ),
    'g.region raster=erosivity',
    `r.mapcalc --quiet expression='a = if(isnull(slope) || zones == 0, null(), ${product})'`,
    `r.mapcalc --quiet expression='class = ${classes}'`,
    'r.stats -c --quiet input=zones,use,class output="$RESULTS/statistics.txt"',
    exported('a', 'Float32', options[0]),
    exported('class', 'Byte', options[1]),
    `awk '$3 != "*" { cells[$3] += $4 } END { for (each in cells) print each, cells[each] }' "$RESULTS/statistics.txt"`,
  ].join('\n');
  try {
    return runProgram('grass', ['--tmp-location', 'XY', '--exec', 'bash', '-c', script], {
      INPUTS: inputs,
      RESULTS: results,
    });
  } finally {
    rmSync(results, { recursive: true, force: true });
  }
}
