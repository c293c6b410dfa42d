import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import type { Text } from '../messages/text.ts';
import { userError } from '../messages/user-error.ts';

export type Keys = readonly PropertyKey[];

/** Content of a run file as plain data, and where in the file it stands. */
export interface ParsedYaml {
  readonly content: unknown;
  /** Line, from 1, of a setting or of the nearest one above it that is written. */
  lineOf(keys: Keys): number | undefined;
}

/** A run file repeats little; a file that unfolds into more than this is meant to exhaust memory. */
const maximumAliases = 20;

const problems: Readonly<Record<string, Text>> = {
  DUPLICATE_KEY: { zh: '同一设置写了两次', en: 'a setting is written twice' },
  TAB_AS_INDENT: { zh: '用制表符缩进', en: 'a tab is used for indentation' },
  BAD_INDENT: { zh: '缩进不一致', en: 'the indentation does not fit' },
  MULTILINE_IMPLICIT_KEY: { zh: '设置名跨行，多半缺少冒号', en: 'a name spans lines; a colon is probably missing' },
  MISSING_CHAR: { zh: '缺少括号、引号或冒号', en: 'a bracket, quote or colon is missing' },
  MULTIPLE_DOCS: { zh: '一个文件里有多份文档（---）', en: 'the file holds several documents (---)' },
  TAG_RESOLVE_FAILED: { zh: '不支持的标签（!）', en: 'a tag (!) that is not known' },
};

/** What a file of settings is called, and how it begins. */
export interface SettingsKind {
  readonly name: Text;
  readonly opening: string;
}

export const runFileKind: SettingsKind = { name: { zh: '运行文件', en: 'run file' }, opening: 'shuibao: 1' };

/**
 * Parses the text of a run file, or of another file of settings; JSON is YAML too.
 * @throws UserError naming the line, for anything that is not one plain mapping
 */
export function parseRunFileYaml(text: string, shown: string, kind = runFileKind): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) {
    const line = problem.linePos?.[0]?.line ?? 1;
    const what = problems[problem.code] ?? { zh: problem.code, en: problem.code };
    throw userError(
      'run-file-not-yaml',
      shown,
      { zh: `第 ${line} 行不是合法的 YAML：${what.zh}`, en: `line ${line} is not valid YAML: ${what.en}` },
      { zh: '应为“名称: 值”的层级结构，用空格缩进', en: 'expected nested “name: value” lines, indented by spaces' },
      { zh: '请检查缩进与冒号', en: 'check the indentation and colons' },
    );
  }
  const content = plainContent(document, shown);
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw userError(
      'run-file-not-mapping',
      shown,
      content === null
        ? { zh: '文件是空的', en: 'the file is empty' }
        : { zh: '内容不是“名称: 值”', en: 'its content is not “name: value”' },
      {
        zh: `应为 YAML ${kind.name.zh}，以 ${kind.opening} 开头`,
        en: `expected a YAML ${kind.name.en} that begins with ${kind.opening}`,
      },
      { zh: '请检查是否选错了文件', en: 'check that it is the right file' },
    );
  return { content, lineOf: (keys) => lineOf(document, lines, keys) };
}

function plainContent(document: Document, shown: string): unknown {
  try {
    return document.toJS({ maxAliasCount: maximumAliases });
  } catch {
    throw userError(
      'run-file-aliases',
      shown,
      { zh: 'YAML 别名（*）过多或无处可指', en: 'its YAML aliases (*) are too many or point nowhere' },
      { zh: `最多展开 ${maximumAliases} 次`, en: `at most ${maximumAliases} expansions are taken` },
      { zh: '请直接写出各项的值', en: 'write the values out' },
    );
  }
}

function lineOf(document: Document, lines: LineCounter, keys: Keys): number | undefined {
  let node: unknown = document.contents;
  let start: number | undefined;
  for (const key of keys) {
    let found: unknown;
    if (isMap(node)) {
      // Codes are numbers to YAML and text to the schema.
      const pair = node.items.find((each) => isScalar(each.key) && String(each.key.value) === String(key));
      start = (pair?.key as Scalar | undefined)?.range?.[0] ?? start;
      found = pair?.value;
    } else if (isSeq(node)) {
      found = node.items[Number(key)];
      start = (found as Node | undefined)?.range?.[0] ?? start;
    }
    if (found === undefined) break;
    node = found;
  }
  return start === undefined ? undefined : lines.linePos(start).line;
}
