import type { Finding } from '../../messages/finding.ts';
import type { CheckContext } from '../declared-input.ts';
import { finding, type InspectedInput } from '../inspected-input.ts';

const zoneLayers = new Set(['county', 'township', 'watershed', 'zones']);

const list = (values: readonly string[], separator: string): string =>
  values.slice(0, 8).join(separator) + (values.length > 8 ? ' …' : '');

/** Zone codes are there, unique to one name, and of the official form; counties and tables of official figures list the same. */
export function checkZoneCodes(input: InspectedInput, context: CheckContext): Finding[] {
  const { inspection, spec } = input;
  if (inspection.kind !== 'vector' || !zoneLayers.has(spec.id)) return [];
  const { codeField, nameField } = input.declared.options ?? {};
  const codes = codeField ? inspection.values[codeField] : undefined;
  if (!codes) return [];
  const names = nameField ? inspection.values[nameField] : undefined;
  const findings: Finding[] = [];
  const blank = codes.filter((code) => code === null || code.trim() === '').length;
  if (blank > 0)
    findings.push(
      finding(
        input,
        'error',
        'zone-code-missing',
        { zh: `${blank} 个要素没有代码（${codeField}）`, en: `${blank} features have no code (${codeField})` },
        { zh: '每个分区应有代码', en: 'every zone needs one' },
        { zh: '请补填', en: 'fill them in' },
      ),
    );
  findings.push(...checkDuplicates(input, codes, names));
  if (spec.id === 'county') findings.push(...checkForm(input, codes), ...checkOfficial(input, codes, names, context));
  if (names) findings.push(...checkNames(input, names, codes));
  return findings;
}

/** One code under two names is a slip; one code in several parts of the same name is an enclave and right. */
function checkDuplicates(
  input: InspectedInput,
  codes: readonly (string | null)[],
  names: readonly (string | null)[] | undefined,
): Finding[] {
  const byCode = new Map<string, Set<string>>();
  const times = new Map<string, number>();
  codes.forEach((code, index) => {
    if (!code) return;
    times.set(code, (times.get(code) ?? 0) + 1);
    const held = byCode.get(code) ?? new Set<string>();
    held.add(names?.[index] ?? '');
    byCode.set(code, held);
  });
  const clashing = [...byCode].filter(([, held]) => held.size > 1);
  const repeated = [...times].filter(([code, count]) => count > 1 && (byCode.get(code)?.size ?? 0) <= 1);
  const findings: Finding[] = [];
  if (clashing.length > 0) {
    const show = (separator: string): string =>
      list(
        clashing.map(([code, held]) => `${code} ${[...held].join('/')}`),
        separator,
      );
    findings.push(
      finding(
        input,
        'error',
        'zone-code-duplicate',
        { zh: `同一代码对应不同名称：${show('；')}`, en: `one code stands for different names: ${show('; ')}` },
        { zh: '代码应唯一', en: 'codes must be unique' },
        { zh: '请改正属性表', en: 'correct the attribute table' },
      ),
    );
  }
  if (repeated.length > 0) {
    const show = (separator: string): string =>
      list(
        repeated.map(([code, count]) => `${code}（×${count}）`),
        separator,
      );
    findings.push(
      finding(
        input,
        'warning',
        'zone-code-repeated',
        { zh: `代码重复出现：${show('、')}`, en: `codes occur more than once: ${show(', ')}` },
        { zh: '', en: '' },
        {
          zh: '按飞地合并为同一分区；如为误录请改正',
          en: 'they are joined as parts of one zone; correct them if that is wrong',
        },
      ),
    );
  }
  return findings;
}

function checkForm(input: InspectedInput, codes: readonly (string | null)[]): Finding[] {
  const odd = [...new Set(codes.filter((code): code is string => !!code && !/^[1-8]\d{5}$/.test(code)))];
  if (odd.length === 0) return [];
  return [
    finding(
      input,
      'warning',
      'county-code-form',
      { zh: `不是六位行政区划代码：${list(odd, '、')}`, en: `not six-digit county codes: ${list(odd, ', ')}` },
      { zh: '如 621102', en: 'such as 621102' },
      {
        zh: '代码按文本保存，前导零与小数点会使其失配',
        en: 'codes are text; lost zeros or decimal points break the match',
      },
    ),
  ];
}

/** Counties that only the tables of official figures have, and those that a table has no figure of. */
function checkOfficial(
  input: InspectedInput,
  codes: readonly (string | null)[],
  names: readonly (string | null)[] | undefined,
  { officialCounties }: CheckContext,
): Finding[] {
  const { landAreas, targets } = officialCounties ?? {};
  const nameOf = new Map(codes.map((code, at) => [code, names?.[at] ?? '']));
  const held = [...nameOf.keys()].filter((code) => code !== null && code !== '') as string[];
  const without = (table: ReadonlySet<string> | undefined): string[] =>
    table === undefined || table.size === 0
      ? []
      : held.filter((code) => !table.has(code)).map((code) => `${code} ${nameOf.get(code)}`.trim());
  const missing = [...new Set([...(landAreas ?? []), ...(targets ?? [])])].filter((code) => !nameOf.has(code));
  const [noArea, noTarget] = [without(landAreas), without(targets)];
  const findings: Finding[] = [];
  if (missing.length > 0)
    findings.push(
      finding(
        input,
        'warning',
        'county-missing',
        {
          zh: `缺少 ${missing.length} 个县：${list(missing, '、')}`,
          en: `${missing.length} counties are missing: ${list(missing, ', ')}`,
        },
        { zh: '面积表或目标表中列有这些代码', en: 'the table of areas or targets lists them' },
        { zh: '请核对代码（撤县设区会改变代码）', en: 'check the codes (they change when counties become districts)' },
      ),
    );
  if (noArea.length > 0)
    findings.push(
      finding(
        input,
        'warning',
        'county-without-area',
        { zh: `控制面积表中没有：${list(noArea, '、')}`, en: `the table of areas lacks ${list(noArea, ', ')}` },
        { zh: '这些县将按栅格面积计', en: 'the area of their cells counts instead' },
        { zh: '请在表中补齐', en: 'add their rows' },
      ),
    );
  if (noTarget.length > 0)
    findings.push(
      finding(
        input,
        'note',
        'county-without-target',
        { zh: `目标表中没有：${list(noTarget, '、')}`, en: `the table of targets lacks ${list(noTarget, ', ')}` },
        undefined,
        { zh: '这些县不作达标判断', en: 'their rates are compared with no target' },
      ),
    );
  return findings;
}

/** Replacement characters and question marks are what a wrong encoding leaves of Chinese names. */
function checkNames(
  input: InspectedInput,
  names: readonly (string | null)[],
  codes: readonly (string | null)[],
): Finding[] {
  const garbled = names.filter(
    (name) => name !== null && (/\uFFFD|\?{2,}/.test(name) || /[ÀÁÂÃÄÅÆÇÈÉÊË][\u0080-\u00FF]/.test(name)),
  );
  if (garbled.length > 0)
    return [
      finding(
        input,
        'warning',
        'zone-name-garbled',
        {
          zh: `名称乱码：${list(garbled as string[], '、')}`,
          en: `names are garbled: ${list(garbled as string[], ', ')}`,
        },
        { zh: '名称应可读', en: 'names should be readable' },
        { zh: '请用 encoding 写明编码（gbk 或 utf-8）', en: 'state encoding (gbk or utf-8)' },
      ),
    ];
  const blank = names.filter((name, index) => !name && codes[index]).length;
  if (blank === 0) return [];
  return [
    finding(
      input,
      'note',
      'zone-name-missing',
      { zh: `${blank} 个分区没有名称`, en: `${blank} zones have no name` },
      { zh: '', en: '' },
      { zh: '表中以代码代替', en: 'tables show the code instead' },
    ),
  ];
}
