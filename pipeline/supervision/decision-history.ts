import type { JournalEntry } from '../catalog/journal.ts';
import { entryKinds, type PatchDecided } from './journal-entries.ts';

/** One decision about a patch, as the journal has it. */
export interface RecordedDecision extends PatchDecided {
  readonly sequence: number;
  readonly by: string;
  /** ISO time at which it was written down. */
  readonly at: string;
}

/** All that people decided about a patch, the earliest first. Nothing is ever taken out. */
export interface PatchHistory {
  readonly decisions: readonly RecordedDecision[];
  /** The decision that holds; undefined before the first. */
  readonly current: RecordedDecision | undefined;
}

const undecided: PatchHistory = { decisions: [], current: undefined };

/** Decisions of a register by patch. */
export class DecisionHistory {
  private readonly byPatch = new Map<string, PatchHistory>();

  constructor(entries: readonly JournalEntry[]) {
    for (const { kind, body, sequence, by, at } of entries) {
      if (kind !== entryKinds.decision) continue;
      const decided: RecordedDecision = { ...(body as unknown as PatchDecided), sequence, by, at };
      const { decisions } = this.of(decided.patch);
      this.byPatch.set(decided.patch, { decisions: [...decisions, decided], current: decided });
    }
  }

  of(patch: string): PatchHistory {
    return this.byPatch.get(patch) ?? undecided;
  }

  /** The decisions that hold, by patch. */
  current(): RecordedDecision[] {
    return [...this.byPatch.values()].flatMap(({ current }) => current ?? []);
  }
}
