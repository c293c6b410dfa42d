import type { GridSpec } from '../../models/grid/grid-spec.ts';
import { type PackedPolygon, packedPolygons } from '../formats/packed-polygon.ts';
import { rasterizePolygons as burn } from '../formats/rasterize.ts';
import { visitVector } from '../formats/vector-read.ts';
import { userError } from '../messages/user-error.ts';
import { type CodeEntry, writeCodeTiles } from './code-tiles.ts';
import { openSource, type SourceFile } from './source-file.ts';
import type { TaskHandler } from './task.ts';
import { codesItem } from './tile-inputs.ts';

export interface RasterizePolygonsParameters {
  readonly grid: GridSpec;
  readonly tileSize: number;
  readonly layer: string | null;
  readonly encoding: string;
  readonly codeField: string;
  readonly nameField: string | null;
  readonly parentField: string | null;
  /**
   * `table`: cells hold the index in the table of all codes (zones). `tile`: each tile numbers the codes it holds and lists
   * them in its metadata, so that a code that appears elsewhere leaves the tile as it is (measures).
   */
  readonly numbering: 'table' | 'tile';
}

/**
 * Burns the polygons of a file into tiles, by the centre of the cell, so that a cell belongs to one polygon or none.
 * Polygons of the same code are one zone. Each tile is an output of its own: an edited polygon changes only the tiles
 * whose cells it changes.
 *
 * Outputs: see `writeCodeTiles`.
 */
export const rasterizePolygons: TaskHandler = {
  kind: 'rasterize-polygons',
  version: 3,
  readsWhole: true,
  async run(task, context) {
    const parameters = task.parameters as unknown as RasterizePolygonsParameters;
    const path = await openSource(task.inputs.file!);
    const shown = (task.inputs.file!.source as unknown as SourceFile).shown;
    const { grid, tileSize, codeField, nameField, parentField } = parameters;
    const byCode = new Map<string, { name: string; parent: string }>();
    const coded: { polygon: PackedPolygon; code: string }[] = [];
    const text = (value: unknown) => (value === null || value === undefined ? '' : String(value).trim());
    const options = {
      ...(parameters.layer === null ? {} : { layer: parameters.layer }),
      encoding: parameters.encoding,
      targetCrs: grid.crs,
    };
    let count = 0;
    const { fields } = await visitVector(path, options, ({ geometry, properties }) => {
      const code = text(properties[codeField]);
      if (code === '') return;
      if (!byCode.has(code))
        byCode.set(code, {
          name: nameField === null ? code : text(properties[nameField]),
          parent: parentField === null ? '' : text(properties[parentField]),
        });
      if (!geometry) return;
      count++;
      for (const polygon of packedPolygons(geometry)) coded.push({ polygon, code });
    });
    for (const field of [codeField, nameField, parentField])
      if (field !== null && !fields.some(({ name }) => name === field))
        throw userError(
          'field-missing',
          shown,
          { zh: `没有字段“${field}”`, en: `no field “${field}”` },
          {
            zh: `现有字段：${fields.map(({ name }) => name).join('、') || '无'}`,
            en: `fields present: ${fields.map(({ name }) => name).join(', ') || 'none'}`,
          },
          { zh: '请改正运行文件中的字段名', en: 'correct the field name in the run file' },
        );
    const table: CodeEntry[] = [...byCode]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, rest], at) => ({ index: at + 1, code, ...rest }));
    const indexOf = new Map(table.map(({ code, index }) => [code, index]));
    const polygons = coded.map(({ polygon, code }) => ({ polygon, value: indexOf.get(code)! }));

    const outputs = await writeCodeTiles(context, grid, tileSize, table, async (frame) => {
      const data = burn(polygons, grid, frame, { overlap: 'first' });
      const metadata: Record<string, string> =
        parameters.numbering === 'tile' ? { [codesItem]: renumber(data, table) } : {};
      return { data, metadata };
    });
    return { outputs, facts: { polygons: count, codes: table.length } };
  },
};

/** Numbers the codes that occur in a tile from 1, in the order of the table; returns their list as JSON. */
function renumber(data: Uint16Array, table: readonly CodeEntry[]): string {
  const present = new Uint16Array(table.length + 1);
  for (const index of data) present[index] = 1;
  const codes: string[] = [];
  for (const { index, code } of table) if (present[index] === 1) present[index] = codes.push(code);
  present[0] = 0;
  for (let cell = 0; cell < data.length; cell++) data[cell] = present[data[cell]!]!;
  return JSON.stringify(codes);
}
