import type { JournalEntry } from '../catalog/journal.ts';
import type { DecisionRow, RefusedDecision } from '../exchange/read-decisions.ts';
import { localTime } from '../messages/local-time.ts';
import { UserError, userError } from '../messages/user-error.ts';
import { type DecisionDesk, decisionEntry } from './decide.ts';
import type { DecisionHistory, RecordedDecision } from './decision-history.ts';
import { entryKinds, type PatchDecided } from './journal-entries.ts';
import { patchMissing, patchOf } from './patch-batch.ts';
import type { KeptBatch, SupervisionRegister } from './register.ts';

export interface DecidedRows {
  readonly decided: readonly PatchDecided[];
  /** Rows that say what the decision in force says. */
  readonly unchanged: number;
  readonly refused: readonly RefusedDecision[];
  /** The earlier decision that each of `decided` takes the place of, by patch; none where it is the first. */
  readonly replaced: ReadonlyMap<string, RecordedDecision>;
}

/**
 * Writes down what rows decide. Rows that cannot be taken are listed with their reasons and change nothing; the others are
 * one write. Of several rows about one patch the first counts.
 *
 * @param at ISO time at which they are written down
 */
export async function decidePatches(
  register: SupervisionRegister,
  rows: readonly DecisionRow[],
  desk: DecisionDesk,
  at: string,
): Promise<DecidedRows> {
  const batches = await register.keptBatches();
  const histories = await register.decisions();
  const entries = new Map<string, { row: number; by: string; at: string; body: PatchDecided }>();
  const refused: RefusedDecision[] = [];
  const seen = new Set<string>();
  let unchanged = 0;
  for (const row of rows) {
    const by = row.by ?? desk.enteredBy;
    try {
      const body = bodyOf(row, batches, histories, desk);
      if (seen.has(body.patch)) throw twice(body.patch);
      seen.add(body.patch);
      if (saysTheSame(row, by, body, histories.of(body.patch).current)) unchanged++;
      else entries.set(body.patch, { row: row.row, by, at, body });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push({ row: row.row, error });
    }
  }
  const replaced = new Map<string, RecordedDecision>();
  if (entries.size === 0) return { decided: [], unchanged, refused, replaced };
  const overtaking = await register.decide([...entries.values()], histories.seen);
  const decided: PatchDecided[] = [];
  for (const { row, body } of entries.values()) {
    const other = overtaking.get(body.patch);
    const before = histories.of(body.patch).decisions.at(-1);
    if (other === undefined) {
      decided.push(body);
      if (before) replaced.set(body.patch, before);
    } else refused.push({ row, error: overtaken(body.patch, other) });
  }
  return { decided, unchanged, refused, replaced };
}

function bodyOf(
  row: DecisionRow,
  batches: readonly KeptBatch[],
  histories: DecisionHistory,
  desk: DecisionDesk,
): PatchDecided {
  const asked = row.batch === undefined ? batches : batches.filter(({ batch }) => batch.name === row.batch);
  for (const { batch, content } of asked.toReversed()) {
    const patch = patchOf(batch, row.patch);
    if (patch !== undefined)
      return decisionEntry(row, { patch, batch, content, history: histories.of(patch.number) }, desk);
  }
  throw patchMissing(row.patch, row.batch);
}

function saysTheSame(row: DecisionRow, by: string, body: PatchDecided, current: RecordedDecision | undefined): boolean {
  if (current === undefined || current.by !== by) return false;
  if (row.decidedOn !== undefined && row.decidedOn !== current.decidedOn) return false;
  const { decision, reason, document, fieldReview, earthworkCubicMetres, proposed } = body;
  return (
    current.decision === decision &&
    current.reason === reason &&
    current.document === document &&
    current.fieldReview === fieldReview &&
    current.earthworkCubicMetres === earthworkCubicMetres &&
    current.proposed.card === proposed.card
  );
}

/** Somebody else was quicker: nobody may replace a decision that he has not seen. */
function overtaken(patch: string, { kind, sequence, by, at, body }: JournalEntry): UserError {
  const when = localTime(at);
  const { decision } = body as unknown as PatchDecided;
  return userError(
    'decision-overtaken',
    patch,
    kind === entryKinds.decision
      ? {
          zh: `${by} 刚刚（${when}）已认定为“${decision}”（记录 #${sequence}），本次未记录`,
          en: `${by} has just (${when}) decided “${decision}” (entry #${sequence}); nothing was recorded`,
        }
      : {
          zh: `原认定刚刚（${when}）被重新打开（记录 #${sequence}），本次未记录`,
          en: `the decision before was reopened just now (${when}, entry #${sequence}); nothing was recorded`,
        },
    undefined,
    {
      zh: `先用 shuibao patches show ${patch} 查看，再作认定`,
      en: `look at it with shuibao patches show ${patch}, then decide again`,
    },
  );
}

const twice = (patch: string): UserError =>
  userError(
    'decision-twice',
    patch,
    { zh: '同一表中有多条认定', en: 'the table decides about it more than once' },
    { zh: '每个图斑应只有一条', en: 'expected one row for a patch' },
  );
