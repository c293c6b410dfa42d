import type { Language } from '../pipeline/messages/text.ts';
import { userError } from '../pipeline/messages/user-error.ts';
import { knownBefore, weightsOf } from '../pipeline/supervision/judging.ts';
import { type BatchSettings, batchOf, newBatch, type PatchBatch } from '../pipeline/supervision/patch-batch.ts';
import type { PatchDraft } from '../pipeline/supervision/patch-record.ts';
import type { SupervisionRegister } from '../pipeline/supervision/register.ts';
import { batchSummary } from './batch-page.ts';
import { actorNow } from './supervision-access.ts';

const byKey = ([a]: readonly unknown[], [b]: readonly unknown[]): number => (String(a) < String(b) ? -1 : 1);

const outlines = (drafts: readonly PatchDraft[]): string =>
  JSON.stringify(
    drafts.map(({ key, imageDate, disturbed, geometry }) => [key, imageDate, disturbed, geometry]).sort(byKey),
  );

export interface NewOrPresentBatch {
  readonly batch: PatchBatch;
  readonly isPresent: boolean;
}

/** A batch as it is kept, for whoever has asked for it. */
export function keptBatchLines({ batch, isPresent }: NewOrPresentBatch, language: Language): string {
  const again = `shuibao overlay --batch ${batch.name}`;
  const note =
    language === 'zh'
      ? `批次 ${batch.name} 已登记过同样的图斑，沿用原判定；重新判定用 ${again}`
      : `Batch ${batch.name} has these patches already and keeps its verdicts; ${again} judges them again`;
  return [...(isPresent ? [note] : []), batchSummary(batch, language)].join('\n');
}

/**
 * Judges drafts as a batch and keeps it. The same drafts under the same name are the batch that is there already: a command
 * that is run again changes nothing, nor does one that runs twice at once.
 *
 * @returns the batch, and whether it was there already, judged as it then was
 * @throws UserError when the name belongs to a batch of other patches
 */
export async function keepNewBatch(
  register: SupervisionRegister,
  name: string,
  drafts: readonly PatchDraft[],
  reason: string,
  settings: Omit<BatchSettings, 'weights'>,
): Promise<NewOrPresentBatch> {
  batchOf(name);
  for (;;) {
    const seen = await register.seen();
    const present = await presentBatch(register, name, drafts);
    if (present) return { batch: present, isPresent: true };
    const before = await knownBefore(register, name);
    const all = { ...settings, weights: await weightsOf(register) };
    const batch = newBatch(name, drafts, await register.boundaries(), before, all);
    if (await register.keepBatch(batch, reason, actorNow(), seen)) return { batch, isPresent: false };
  }
}

async function presentBatch(
  register: SupervisionRegister,
  name: string,
  drafts: readonly PatchDraft[],
): Promise<PatchBatch | undefined> {
  const batches = await register.batches();
  const present = batches.find((batch) => batch.name === name);
  if (present !== undefined) {
    if (outlines(present.patches) === outlines(drafts)) return present;
    throw userError(
      'batch-exists',
      name,
      {
        zh: '批次已存在，图斑或影像日期不同',
        en: 'there is a batch of this name with other patches or days of imagery',
      },
      { zh: '应为新的批次', en: 'expected a new batch' },
      { zh: '换一个期次；只需重新判定时用 shuibao overlay', en: 'take another period; shuibao overlay judges again' },
    );
  }
  return undefined;
}
