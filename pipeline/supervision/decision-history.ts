import type { ReviewOutcome } from '../../models/disturbance/ranking.ts';
import type { JournalEntry } from '../catalog/journal.ts';
import { entryKinds, type PatchDecided, type PatchReopened } from './journal-entries.ts';

/** Where an entry stands in the journal. */
interface Recorded {
  readonly sequence: number;
  readonly by: string;
  /** ISO time at which it was written down. */
  readonly at: string;
}

/** One decision about a patch, as the journal has it. */
export interface RecordedDecision extends PatchDecided, Recorded {
  /** The entry that reopened it; undefined while it holds or when another took its place first. */
  readonly reopened: RecordedReopening | undefined;
}

export interface RecordedReopening extends PatchReopened, Recorded {}

/** All that people decided about a patch, the earliest first. Nothing is ever taken out. */
export interface PatchHistory {
  readonly decisions: readonly RecordedDecision[];
  /** The decision that holds; undefined before the first and after it was reopened. */
  readonly current: RecordedDecision | undefined;
}

const undecided: PatchHistory = { decisions: [], current: undefined };

/** Decisions of a register by patch. */
export class DecisionHistory {
  /** Number of the last entry of the journal that it knows; 0 when there was none. */
  readonly seen: number;
  private readonly byPatch = new Map<string, PatchHistory>();

  constructor(entries: readonly JournalEntry[]) {
    this.seen = entries.at(-1)?.sequence ?? 0;
    for (const { kind, body, sequence, by, at } of entries) {
      const recorded = { sequence, by, at };
      if (kind === entryKinds.decision) this.decide({ ...(body as unknown as PatchDecided), ...recorded });
      else if (kind === entryKinds.reopening) this.reopen({ ...(body as unknown as PatchReopened), ...recorded });
    }
  }

  of(patch: string): PatchHistory {
    return this.byPatch.get(patch) ?? undecided;
  }

  /** The decisions that hold. */
  current(): RecordedDecision[] {
    return [...this.byPatch.values()].flatMap(({ current }) => current ?? []);
  }

  /** What the decisions that hold say about the verdicts proposed. */
  outcomes(): ReviewOutcome[] {
    return this.current().flatMap(({ unlawful, proposed }) =>
      unlawful === null ? [] : [{ verdict: proposed.verdict, wasUnlawful: unlawful }],
    );
  }

  private decide(decided: PatchDecided & Recorded): void {
    const { decisions } = this.of(decided.patch);
    const current: RecordedDecision = { ...decided, reopened: undefined };
    this.byPatch.set(decided.patch, { decisions: [...decisions, current], current });
  }

  private reopen(reopened: RecordedReopening): void {
    const { decisions, current } = this.of(reopened.patch);
    this.byPatch.set(reopened.patch, {
      decisions: decisions.map((each) => (each.sequence === reopened.reopens ? { ...each, reopened } : each)),
      current: current?.sequence === reopened.reopens ? undefined : current,
    });
  }
}
