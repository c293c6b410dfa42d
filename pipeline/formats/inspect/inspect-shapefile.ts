import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { inspectCrsText } from './crs-inspect.ts';
import { type DbfTable, readDbf } from './dbf-file.ts';
import type { CrsInspection, InspectionRequest, VectorInspection } from './inspection.ts';
import { InspectionError } from './inspection-error.ts';
import { readTime } from './read-time.ts';
import { eachShpRecord } from './shp-file.ts';
import { VectorSummary } from './vector-summary.ts';

const shapeTypes: Readonly<Record<number, string>> = { 1: 'Point', 3: 'LineString', 5: 'Polygon', 8: 'MultiPoint' };

/** Describes a shapefile from its own parts; a missing .shx, .prj or .cpg is told, not repaired. */
export function inspectShapefile(request: InspectionRequest): VectorInspection {
  const path = request.path;
  readTime(request);
  const parts = sideFiles(path);
  const summary = new VectorSummary(request.rings ?? false);
  const damagedAt = eachShpRecord(path, (record) => {
    const type = record.type === 0 ? null : (shapeTypes[record.type % 10] ?? 'unknown');
    const ring = type === 'Polygon';
    summary.add(
      type,
      record.parts.map((points) => ({ points, ring })),
    );
  });
  const cpgPath = parts.get('.cpg');
  const cpg = cpgPath && statSync(cpgPath).size < 200 ? readFileSync(cpgPath, 'latin1').trim() : undefined;
  const { table, problem } = attributes(parts.get('.dbf'), request, cpg);
  const crs = crsOf(request, parts.get('.prj'));
  const missingParts = ['.shx', '.dbf', '.prj', '.cpg'].filter((extension) => !parts.has(extension));
  const damage =
    damagedAt === undefined
      ? problem
      : {
          zh: `第 ${damagedAt + 1} 个要素处几何数据损坏，其后未读`,
          en: `the geometry is damaged at feature ${damagedAt + 1}; what follows was not read`,
        };
  return {
    ...summary.describe(path, crs),
    format: 'Shapefile',
    layer: basename(path, extname(path)),
    fields: table?.fields ?? [],
    encoding: table?.encoding ?? { name: '', from: 'none' },
    missingParts,
    values: table?.values(request.fields ?? []) ?? {},
    ...(damage ? { damage } : {}),
  };
}

/** Companions of a .shp by extension in lower case; extensions may be written in capitals. */
function sideFiles(path: string): Map<string, string> {
  const stem = basename(path, extname(path));
  const found = new Map<string, string>();
  for (const name of readdirSync(dirname(path)))
    if (name.slice(0, -extname(name).length || undefined) === stem)
      found.set(extname(name).toLowerCase(), join(dirname(path), name));
  return found;
}

function attributes(
  path: string | undefined,
  request: InspectionRequest,
  cpg: string | undefined,
): { table?: DbfTable; problem?: VectorInspection['damage'] } {
  if (!path || !existsSync(path)) return {};
  try {
    const options = {
      ...(request.encoding ? { encoding: request.encoding } : {}),
      ...(cpg ? { cpg } : {}),
    };
    const table = readDbf(path, options);
    return table.truncated
      ? { table, problem: { zh: '属性表（.dbf）不完整', en: 'the attribute table (.dbf) is cut off' } }
      : { table };
  } catch (error) {
    if (error instanceof InspectionError) return { problem: error.reason };
    throw error;
  }
}

function crsOf(request: InspectionRequest, prj: string | undefined): CrsInspection {
  if (request.crs) return inspectCrsText(request.crs);
  if (!prj || statSync(prj).size > 65536) return { kind: 'missing' };
  const text = readFileSync(prj, 'utf8').trim();
  return text === '' ? { kind: 'missing' } : inspectCrsText(text);
}
