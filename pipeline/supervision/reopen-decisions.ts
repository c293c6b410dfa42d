import { grouped } from '../../models/disturbance/grouped.ts';
import { proposalOf } from './decide.ts';
import type { RecordedDecision } from './decision-history.ts';
import type { PatchReopened, ReopenedView } from './journal-entries.ts';
import { type ChangedJudgement, changedJudgements, judgedAgain, type PatchBatch } from './patch-batch.ts';
import type { PatchRecord } from './patch-record.ts';
import type { Actor, SupervisionRegister } from './register.ts';

/**
 * Reopens the decisions that boundaries change which became known since, and no others: each is judged again as it was
 * then, by the same rules, with the boundaries known on a day. A version that changes neither verdict nor excess, remarks or
 * projects concerned leaves the decision alone.
 *
 * @returns what was reopened, as the journal has it now
 */
export async function reopenDecisions(
  register: SupervisionRegister,
  knownOn: string,
  actor: Actor,
): Promise<PatchReopened[]> {
  const boundaries = await register.boundaries();
  const reopened: PatchReopened[] = [];
  const history = await register.decisions();
  const byContent = grouped(history.current(), ({ content }) => content);
  for (const [content, decisions] of byContent) {
    const batch = await register.batchAt(content);
    // What is entered late with an earlier day of knowledge counts as well.
    const later = knownOn > batch.knownOn ? knownOn : batch.knownOn;
    const again = judgedAgain(batch, boundaries, { ...batch, knownOn: later });
    const changes = new Map(changedJudgements(batch, again).map((change) => [change.number, change]));
    for (const decision of decisions) {
      const change = changes.get(decision.patch);
      if (change !== undefined && isAffected(change)) reopened.push(reopening(decision, change, batch, later));
    }
  }
  return reopened.length > 0 ? [...(await register.reopen(reopened, actor, history.seen))] : [];
}

function isAffected({ before, after, isFlip, isOtherExcess }: ChangedJudgement): boolean {
  return isFlip || isOtherExcess || basisOf(before) !== basisOf(after);
}

/** Remarks and projects on which a judgement rests. */
const basisOf = ({ judgement, measures }: PatchRecord): string =>
  JSON.stringify([judgement.flags.toSorted(), measures.boundaries.map(({ project, kind }) => [project, kind]).sort()]);

function reopening(
  { patch, sequence, decision, imageDate }: RecordedDecision,
  { before, after }: ChangedJudgement,
  batch: PatchBatch,
  knownOn: string,
): PatchReopened {
  const view = (record: PatchRecord): ReopenedView => ({ boundaries: record.looked, proposed: proposalOf(record) });
  return {
    ...{ patch, batch: batch.name, reopens: sequence, decision, imageDate, knownOn },
    before: view(before),
    after: view(after),
  };
}
