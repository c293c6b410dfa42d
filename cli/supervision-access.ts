import { resolve } from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { detectionRuleSets } from '../models/disturbance/rules/detection-2024.ts';
import { type SupervisionRules, supervisionRulesOn } from '../models/disturbance/rules/supervision-2024.ts';
import type { Journal } from '../pipeline/catalog/journal.ts';
import { digestFile } from '../pipeline/formats/file-digest.ts';
import { digestCache } from '../pipeline/inputs/run-places.ts';
import type { Text } from '../pipeline/messages/text.ts';
import { userError } from '../pipeline/messages/user-error.ts';
import type { PatchBatch, SurroundingLayer } from '../pipeline/supervision/patch-batch.ts';
import type { PatchDraft } from '../pipeline/supervision/patch-record.ts';
import { type Actor, SupervisionRegister } from '../pipeline/supervision/register.ts';
import { editionOn, readRuleFile } from '../pipeline/supervision/rule-file.ts';
import { withSurroundings } from '../pipeline/supervision/surroundings.ts';
import { openJournal } from '../workers/open-journal.ts';
import { followJournal } from '../workers/owner/follow-journal.ts';
import { openWorkspaceStore } from '../workers/store-location.ts';
import { userName } from './runs-access.ts';

/** Boundaries and patches of a workspace. */
export const openRegister = (workspace: string): SupervisionRegister =>
  new SupervisionRegister(followedJournal(workspace), openWorkspaceStore(workspace));

/** The journal of a workspace; its catalog follows each entry that is written. */
function followedJournal(workspace: string): Journal {
  const journal = openJournal(workspace);
  return {
    place: journal.place,
    read: () => journal.read(),
    async append(entries) {
      const added = await journal.append(entries);
      // The entries are written down; a catalog that cannot be reached follows when it is opened the next time.
      await followJournal(workspace).catch((error: unknown) => console.error(String(error)));
      return added;
    },
  };
}

/** Who asks, and when. */
export const actorNow = (): Actor => ({ by: userName(), at: new Date().toISOString() });

export const keyAreasOption = (): Option =>
  new Option('--key-areas <file>', '水土流失重点预防区、重点治理区（面）key prevention and treatment areas');

export const keyAreaFieldOption = (): Option =>
  new Option('--key-area-field <name>', '重点区名称字段 attribute that names a key area');

export const waterOption = (): Option => new Option('--water <file>', '水系（线或面）rivers, lakes and reservoirs');

export interface SurroundingChoice {
  readonly keyAreas?: string;
  readonly keyAreaField?: string;
  readonly water?: string;
}

/** Drafts with what the layers say, and the layers with what they hold. */
export async function surrounded(
  drafts: readonly PatchDraft[],
  { keyAreas, keyAreaField, water }: SurroundingChoice,
  crs: string,
  workspace: string,
): Promise<{ readonly drafts: readonly PatchDraft[]; readonly layers: readonly SurroundingLayer[] }> {
  const { searchMetres } = detectionRuleSets.at(-1)!.water;
  const files = {
    ...(keyAreas === undefined ? {} : { keyAreas: resolve(keyAreas) }),
    ...(keyAreaField === undefined ? {} : { keyAreaField }),
    ...(water === undefined ? {} : { water: resolve(water) }),
  };
  const told = await withSurroundings(drafts, files, { crs, waterSearchMetres: searchMetres });
  const layers: SurroundingLayer[] = [];
  const named = [
    ['key-areas', keyAreas],
    ['water', water],
  ] as const;
  for (const [kind, file] of named) {
    if (file === undefined) continue;
    const { sha256 } = await digestFile(resolve(file), { cacheDirectory: digestCache(workspace) });
    layers.push({ kind, file, sha256 });
  }
  return { drafts: told, layers };
}

/** Today by the calendar of the machine, `YYYY-MM-DD`. */
export function today(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

export const dayArgument = (text: string): string => {
  // Dates that the calendar lacks, as 30 February, are taken for later ones.
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(text) : undefined;
  if (time && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text)) return text;
  throw new InvalidArgumentError('应为日期，如 2024-09-12 / expected a day such as 2024-09-12');
};

/** A file from which nothing can be taken in: the register stays as it is. */
export const nothingUsable = (file: string, found: Text): Error =>
  userError('import-nothing', file, found, undefined, {
    zh: '未登记；请检查图层、坐标系和字段名（--layer、--crs、--field）',
    en: 'nothing was registered; check layer, coordinate system and names of fields (--layer, --crs, --field)',
  });

/** `--field OFFICIAL=FIELD`, collected into one record. */
export const fieldOption = (official: readonly string[]): Option =>
  new Option('--field <official=field>', '字段对应，可重复 field names').argParser(
    (text, before: Readonly<Record<string, string>> = {}): Record<string, string> => {
      const [, name = '', field] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (field === undefined) throw new InvalidArgumentError('应为“官方字段=文件字段” / expected OFFICIAL=FIELD');
      if (official.includes(name)) return { ...before, [name]: field };
      throw new InvalidArgumentError(
        `没有官方字段 ${name}，应为其中之一：${official.join('、')} / official fields are ${official.join(', ')}`,
      );
    },
  );

export const knownOnOption = (): Option =>
  new Option('--known-on <day>', '判定日期，默认今天 day of the decision, today by default').argParser(dayArgument);

export const rulesOption = (): Option =>
  new Option('--rules <file>', '监管规则文件（带生效日期的阈值）dated thresholds in place of the product’s own');

/**
 * Rules by which decisions of a day are taken: those of a file, else the product's own.
 * @throws UserError when the file is at fault or has no edition for the day
 */
export async function rulesFor(file: string | undefined, day: string): Promise<SupervisionRules> {
  return file === undefined ? supervisionRulesOn(day) : editionOn(await readRuleFile(resolve(file)), day, file);
}

/**
 * The batch of a name, or the latest.
 * @throws UserError when there is none
 */
export function chosenBatch(batches: readonly PatchBatch[], name: string | undefined): PatchBatch {
  const batch = name === undefined ? batches.at(-1) : batches.find((each) => each.name === name);
  if (batch) return batch;
  const known = batches.map((each) => each.name);
  throw userError(
    'batch-missing',
    name ?? 'patches',
    name === undefined
      ? { zh: '还没有任何批次', en: 'there is no batch yet' }
      : { zh: '没有这个批次', en: 'there is no such batch' },
    { zh: `现有批次：${known.join('、') || '无'}`, en: `batches present: ${known.join(', ') || 'none'}` },
    { zh: '先用 shuibao detect 或 patches import', en: 'make one with shuibao detect or patches import' },
  );
}
