import type { VectorInspection } from '../../formats/inspect/inspection.ts';
import { didYouMean } from '../../messages/closest-name.ts';
import type { Finding } from '../../messages/finding.ts';
import { finding, type InspectedInput } from '../inspected-input.ts';

/** Geometries, side files, encoding and fields of a vector input. */
export function checkVector(input: InspectedInput): Finding[] {
  const { inspection } = input;
  if (inspection.kind !== 'vector') return [];
  return [
    ...checkGeometries(input, inspection),
    ...checkParts(input, inspection),
    ...checkEncoding(input, inspection),
    ...checkFields(input, inspection),
  ];
}

function checkGeometries(input: InspectedInput, vector: VectorInspection): Finding[] {
  const findings: Finding[] = [];
  if (vector.featureCount === 0)
    return [
      finding(
        input,
        'error',
        'vector-no-features',
        { zh: '没有要素', en: 'has no features' },
        { zh: '应有多边形', en: 'polygons are needed' },
        { zh: '请核对图层', en: 'check the layer' },
      ),
    ];
  const types = Object.keys(vector.geometryTypes);
  if (types.length > 0 && !types.some((type) => type.endsWith('Polygon') || type === 'GeometryCollection'))
    findings.push(
      finding(
        input,
        'error',
        'vector-not-polygons',
        { zh: `几何类型为 ${types.join('、')}`, en: `its geometries are ${types.join(', ')}` },
        { zh: '应为多边形', en: 'polygons are needed' },
        { zh: '请更换图层', en: 'use another layer' },
      ),
    );
  const missing = vector.nullGeometries + vector.emptyGeometries;
  if (missing > 0)
    findings.push(
      finding(
        input,
        'warning',
        'vector-null-geometry',
        {
          zh: `${vector.featureCount} 个要素中有 ${missing} 个没有几何`,
          en: `${missing} of ${vector.featureCount} features have no geometry`,
        },
        { zh: '', en: '' },
        { zh: '这些要素不参与计算', en: 'they are left out' },
      ),
    );
  const { count, first, reason } = vector.invalidGeometries;
  if (count > 0)
    findings.push(
      finding(
        input,
        'warning',
        'vector-invalid-geometry',
        {
          zh: `${count} 个要素的几何无效${reason ? `（${reason.zh}）` : ''}，序号（从 0 起）：${first.slice(0, 5).join('、')}${count > 5 ? '…' : ''}`,
          en: `${count} features have invalid geometry${reason ? ` (${reason.en})` : ''}, numbers from 0: ${first.slice(0, 5).join(', ')}${count > 5 ? ' …' : ''}`,
        },
        { zh: '边界应闭合且不自相交', en: 'boundaries must be closed and not cross themselves' },
        { zh: '能修复的会先修复，请在 GIS 中核对', en: 'those that can be repaired are; check them in a GIS' },
      ),
    );
  return findings;
}

function checkParts(input: InspectedInput, vector: VectorInspection): Finding[] {
  const findings: Finding[] = [];
  if (vector.missingParts.includes('.dbf'))
    findings.push(
      finding(
        input,
        'error',
        'shapefile-no-dbf',
        { zh: '缺少 .dbf（属性表）', en: 'its .dbf (attribute table) is missing' },
        { zh: '应有代码与名称字段', en: 'the fields with code and name are needed' },
        { zh: '请一并拷贝同名的 .dbf', en: 'copy the .dbf of the same name along' },
      ),
    );
  if (vector.missingParts.includes('.shx'))
    findings.push(
      finding(
        input,
        'warning',
        'shapefile-no-shx',
        { zh: '缺少 .shx（索引）', en: 'its .shx (index) is missing' },
        { zh: '', en: '' },
        { zh: '可由 .shp 重建；请在 GIS 中另存一次', en: 'it can be rebuilt from the .shp; save it once in a GIS' },
      ),
    );
  return findings;
}

function checkEncoding(input: InspectedInput, vector: VectorInspection): Finding[] {
  const { name, from, sample, doubtful } = vector.encoding;
  const example = { zh: sample ? `，例：${sample}` : '', en: sample ? `, for example: ${sample}` : '' };
  if (doubtful)
    return [
      finding(
        input,
        'warning',
        'encoding-doubtful',
        { zh: `${doubtful.zh}${example.zh}`, en: `${doubtful.en}${example.en}` },
        { zh: '名称应可读', en: 'names should be readable' },
        { zh: '请在运行文件中用 encoding 写明', en: 'state encoding in the run file' },
      ),
    ];
  const chinese = sample !== undefined && /[^\x20-\x7e]/.test(sample);
  if (from !== 'guessed' && !(from === 'ldid' && name === 'GBK' && chinese)) return [];
  return [
    finding(
      input,
      'note',
      'encoding-guessed',
      from === 'guessed'
        ? {
            zh: `没有 .cpg，属性表按内容认定为 ${name}${example.zh}`,
            en: `has no .cpg; by its bytes the attribute table is ${name}${example.en}`,
          }
        : {
            zh: `属性表为 ${name}（按 .dbf 的语言标记）${example.zh}`,
            en: `its attribute table is ${name} (by the language mark of the .dbf)${example.en}`,
          },
      { zh: '', en: '' },
      { zh: '如文字不对，请用 encoding 写明', en: 'if the text is wrong, state encoding' },
    ),
  ];
}

function checkFields(input: InspectedInput, vector: VectorInspection): Finding[] {
  const { codeField, nameField, parentField } = input.declared.options ?? {};
  const names = vector.fields.map((field) => field.name);
  const findings: Finding[] = [];
  for (const field of [codeField, nameField, parentField]) {
    if (field === undefined || names.includes(field)) continue;
    findings.push(
      finding(
        input,
        'error',
        'field-missing',
        { zh: `没有字段“${field}”`, en: `has no field “${field}”` },
        { zh: `现有字段：${names.slice(0, 15).join('、')}`, en: `its fields are ${names.slice(0, 15).join(', ')}` },
        didYouMean(field, names) ?? { zh: '请改正运行文件', en: 'correct the run file' },
      ),
    );
  }
  return findings;
}
