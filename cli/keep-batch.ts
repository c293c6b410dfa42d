import { userError } from '../pipeline/messages/user-error.ts';
import { knownBefore, weightsOf } from '../pipeline/supervision/judging.ts';
import { type BatchSettings, batchOf, newBatch, type PatchBatch } from '../pipeline/supervision/patch-batch.ts';
import type { PatchDraft } from '../pipeline/supervision/patch-record.ts';
import type { SupervisionRegister } from '../pipeline/supervision/register.ts';
import { actorNow } from './supervision-access.ts';

const outlines = (drafts: readonly PatchDraft[]): string =>
  JSON.stringify(drafts.map(({ key, geometry }) => [key, geometry]).sort(([a], [b]) => (a! < b! ? -1 : 1)));

/**
 * Judges drafts as a batch and keeps it. The same drafts under the same name are the batch that is there already: a command
 * that is run again changes nothing, nor does one that runs twice at once.
 *
 * @throws UserError when the name belongs to a batch of other patches
 */
export async function keepNewBatch(
  register: SupervisionRegister,
  name: string,
  drafts: readonly PatchDraft[],
  reason: string,
  settings: Omit<BatchSettings, 'weights'>,
): Promise<PatchBatch> {
  batchOf(name);
  for (;;) {
    const seen = await register.seen();
    const present = await presentBatch(register, name, drafts);
    if (present) return present;
    const before = await knownBefore(register, name);
    const all = { ...settings, weights: await weightsOf(register) };
    const batch = newBatch(name, drafts, await register.boundaries(), before, all);
    if (await register.keepBatch(batch, reason, actorNow(), seen)) return batch;
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
      { zh: '批次已存在，图斑不同', en: 'there is a batch of this name with other patches' },
      { zh: '应为新的批次', en: 'expected a new batch' },
      { zh: '换一个期次；只需重新判定时用 shuibao overlay', en: 'take another period; shuibao overlay judges again' },
    );
  }
  return undefined;
}
