import type { JournalEntry } from '../pipeline/catalog/journal.ts';
import { localTime } from '../pipeline/messages/local-time.ts';
import type { Language, Text } from '../pipeline/messages/text.ts';
import { entryKinds, type Proposal, type ReopenedView } from '../pipeline/supervision/journal-entries.ts';
import { punctuation } from './punctuation.ts';
import { padded } from './text-columns.ts';

const headings: Readonly<Record<Language, readonly string[]>> = {
  zh: ['记录', '录入时间', '经办人', '类别', '内容'],
  en: ['entry', 'written down', 'by', 'kind', 'what'],
};

const kindNames: Readonly<Record<string, Text>> = {
  [entryKinds.boundaries]: { zh: '导入范围', en: 'boundaries taken in' },
  [entryKinds.batch]: { zh: '判定图斑', en: 'patches judged' },
  [entryKinds.decision]: { zh: '认定', en: 'decision' },
  [entryKinds.reopening]: { zh: '重新打开', en: 'decision reopened' },
};

type Shown = (value: unknown) => string;

const entryNumber: Shown = (sequence) => `#${sequence}`;
const numbered: Shown = (names) => (names as readonly string[]).join(' ') || '—';
const cubicMetres: Shown = (volume) => `${volume} m³`;
const hectares: Shown = (squareMetres) => `${((squareMetres as number) / 10_000).toFixed(2)} hm²`;
const proposal: Shown = (proposed) => (proposed as Proposal).verdict;
const view: Shown = (seen) =>
  `${proposal((seen as ReopenedView).proposed)} ${numbered((seen as ReopenedView).boundaries)}`;

/** What the parts of an entry are called and how they are shown; digests and what is not listed here stay in the journal. */
const parts: Readonly<Record<string, readonly [Text, Shown?]>> = {
  file: [{ zh: '文件', en: 'file' }],
  added: [{ zh: '新增版本', en: 'versions added' }],
  revised: [{ zh: '其中已有项目', en: 'of projects known before' }],
  unchanged: [{ zh: '未变', en: 'unchanged' }],
  quarantined: [{ zh: '隔离', en: 'refused' }],
  knownFrom: [{ zh: '登记日期', en: 'known from' }],
  patch: [{ zh: '图斑编号', en: 'patch' }],
  batch: [{ zh: '批次', en: 'batch' }],
  reopens: [{ zh: '原记录', en: 'decision was' }, entryNumber],
  decision: [{ zh: '认定结论', en: 'decision' }],
  reason: [{ zh: '理由', en: 'reason' }],
  document: [{ zh: '文号', en: 'document' }],
  fieldReview: [{ zh: '现场复核', en: 'field review' }],
  earthworkCubicMetres: [{ zh: '土石方', en: 'earthwork' }, cubicMetres],
  decidedOn: [{ zh: '认定日期', en: 'decided on' }],
  enteredBy: [{ zh: '录入', en: 'entered by' }],
  patches: [{ zh: '图斑数', en: 'patches' }],
  ended: [{ zh: '已不见', en: 'ended' }, numbered],
  rules: [{ zh: '规则', en: 'rules' }],
  weights: [{ zh: '排序权重', en: 'weights' }],
  imageDate: [{ zh: '影像日期', en: 'image' }],
  knownOn: [{ zh: '范围截至', en: 'boundaries known on' }],
  boundaries: [{ zh: '所涉范围', en: 'boundaries' }, numbered],
  proposed: [{ zh: '建议结论', en: 'proposed' }, proposal],
  areaSquareMetres: [{ zh: '面积', en: 'area' }, hectares],
  supersedes: [{ zh: '取代', en: 'in place of' }, entryNumber],
  before: [{ zh: '原依据', en: 'stood on' }, view],
  after: [{ zh: '现依据', en: 'would stand on' }, view],
};

/** Entries of the journal in columns: who did what, when; what an entry says in the reader's language, with units. */
export function journalPage(entries: readonly JournalEntry[], language: Language): string {
  const rows = entries.map(({ sequence, at, by, kind, body }) => [
    `#${sequence}`,
    localTime(at),
    by,
    kindNames[kind]?.[language] ?? kind,
    said((body ?? {}) as Readonly<Record<string, unknown>>, language),
  ]);
  return padded([headings[language], ...rows]);
}

function said(body: Readonly<Record<string, unknown>>, language: Language): string {
  const told = Object.entries(parts).flatMap(([name, [title, shown = String]]) => {
    const value = body[name];
    const isSilent = value === undefined || value === null || (Array.isArray(value) && value.length === 0);
    return isSilent ? [] : [`${title[language]} ${shown(value)}`];
  });
  return told.join(punctuation[language].semicolon);
}
