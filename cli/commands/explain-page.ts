import { nodataCauses } from '../../models/erosion/nodata-cause.ts';
import { erosionClassesSl190 } from '../../models/parameters/erosion-classes-sl190.ts';
import { landUseClass } from '../../models/parameters/land-use-classes.ts';
import { accumulationContaminated, slopeLengthContaminated } from '../../models/terrain/edge-contamination.ts';
import type { Language, Text } from '../../pipeline/messages/text.ts';
import type { ExplainedCell } from '../../pipeline/results/explain-cell.ts';

const modulusUnit = 't·km⁻²·a⁻¹';

/** Shortest decimal that reads back as the same float32. */
const exact = (value: number): string => {
  if (!Number.isFinite(value)) return '—';
  for (let digits = 1; digits <= 9; digits++) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return String(Number(text));
  }
  return String(value);
};

/** Said of a cell into which water may come from land that the elevation does not cover. */
function edgeRemark(contamination: number): Text | undefined {
  if (contamination === slopeLengthContaminated)
    return {
      zh: '上游可能伸出高程数据范围：坡长和 L 可能偏小',
      en: 'water may come from land outside the elevation: slope length and L may be larger',
    };
  if (contamination === accumulationContaminated)
    return {
      zh: '上游可能伸出高程数据范围：汇流累积量可能偏小',
      en: 'water may come from land outside the elevation: accumulation may be larger',
    };
  return undefined;
}

/** One cell's explanation as text. */
export function explainPage(cell: ExplainedCell, language: Language): string {
  const zh = language === 'zh';
  const use = landUseClass(cell.landUse);
  const lines = cell.scenario ? [`${zh ? '情景' : 'scenario'} ${cell.scenario[language]}`] : [];
  lines.push(
    zh
      ? `像元 列 ${cell.column} 行 ${cell.row}，中心 ${cell.x}, ${cell.y}`
      : `cell column ${cell.column} row ${cell.row}, centre ${cell.x}, ${cell.y}`,
    zh
      ? `土地利用 ${cell.landUse} ${use?.name.zh ?? '—'}；坡度 ${cell.slopeDegrees.toFixed(2)}°`
      : `land use ${cell.landUse} ${use?.name.en ?? '—'}; slope ${cell.slopeDegrees.toFixed(2)}°`,
    '',
  );
  for (const factor of cell.factors) {
    const files = factor.files.join(zh ? '、' : ', ') || '—';
    const method = [factor.method, factor.citation].filter((part) => part !== '').join(' · ');
    lines.push(`  ${factor.symbol} = ${exact(factor.value)}  [${factor.unit}]  ${factor.name[language]}`);
    lines.push(`      ${zh ? '方法' : 'method'} ${method}`, `      ${zh ? '来源' : 'source'} ${files}`);
  }
  const edge = edgeRemark(cell.edgeContamination);
  if (edge) lines.push('', edge[language]);
  const cause = nodataCauses.find(({ id }) => id === cell.cause)!;
  if (cell.cause !== 'valid') {
    lines.push('', zh ? `没有结果：${cause.zh}` : `no value: ${cause.en}`);
    return lines.join('\n');
  }
  const symbols = cell.factors.map(({ symbol }) => symbol).join('·');
  const name = erosionClassesSl190.find(({ code }) => code === cell.storedIntensity)?.name[language] ?? '—';
  lines.push(
    '',
    `  A = 100·${symbols} = ${exact(cell.product)} ${modulusUnit}`,
    cell.product === cell.storedModulus
      ? zh
        ? '  与成果栅格中的数值完全一致'
        : '  equal to the value in the result raster'
      : zh
        ? `  成果栅格中为 ${exact(cell.storedModulus)}，两者不一致`
        : `  the result raster holds ${exact(cell.storedModulus)}, which differs`,
    zh
      ? `  强度 ${name}（容许土壤流失量 ${cell.tolerance} ${modulusUnit}）`
      : `  class ${name} (tolerable soil loss ${cell.tolerance} ${modulusUnit})`,
  );
  const { toLower, toHigher } = cell.distance ?? {};
  if (toLower !== undefined)
    lines.push(
      zh
        ? `  距下一级 ${toLower.toFixed(2)} ${modulusUnit}`
        : `  ${toLower.toFixed(2)} ${modulusUnit} above the class below`,
    );
  if (toHigher !== undefined)
    lines.push(
      zh
        ? `  距上一级 ${toHigher.toFixed(2)} ${modulusUnit}`
        : `  ${toHigher.toFixed(2)} ${modulusUnit} below the class above`,
    );
  return lines.join('\n');
}
