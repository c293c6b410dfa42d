import { statSync } from 'node:fs';
import { readDbf } from './dbf-file.ts';
import type { InspectionRequest, VectorInspection } from './inspection.ts';

/** Describes a dBASE table on its own, as a layer without geometry. */
export function inspectDbf(request: InspectionRequest): VectorInspection {
  const table = readDbf(request.path, request.encoding ? { encoding: request.encoding } : {});
  return {
    kind: 'vector',
    path: request.path,
    fileBytes: statSync(request.path).size,
    format: 'dBASE',
    layer: '',
    featureCount: table.recordCount,
    geometryTypes: {},
    nullGeometries: 0,
    emptyGeometries: 0,
    invalidGeometries: { count: 0, first: [] },
    crs: { kind: 'missing' },
    fields: table.fields,
    encoding: table.encoding,
    missingParts: [],
    values: table.values(request.fields ?? []),
    ...(table.truncated ? { damage: { zh: '属性表不完整', en: 'the table is cut off' } } : {}),
  };
}
