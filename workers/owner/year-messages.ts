import type { Finding } from '../../pipeline/messages/finding.ts';
import type { AskedWork } from '../../pipeline/results/comparison.ts';
import type { StatisticsFigure } from '../../pipeline/tasks/statistics-rows.ts';
import type { Digest } from '../../pipeline/tasks/task.ts';

/** What the process that reads and hands over years and their comparisons is asked. */
export type YearRequest =
  | (AskedWork & { readonly action: 'prepare'; readonly check: boolean; readonly store: string })
  | (AskedWork & {
      readonly action: 'publish';
      readonly store: string;
      readonly planDigest: Digest;
      readonly findings: readonly Finding[];
      readonly version: string;
    });

/** A year ready to run: its plan lies in the store. */
export interface PreparedYear {
  readonly planDigest: Digest;
  /** What the check of the inputs found; none of it an error. */
  readonly findings: readonly Finding[];
}

export interface HandedOverYear {
  readonly directory: string;
  readonly figures: readonly StatisticsFigure[];
}

export type YearAnswer =
  | { readonly prepared: PreparedYear }
  | { readonly published: HandedOverYear }
  /** The user's files are at fault. */
  | { readonly problems: readonly Finding[] }
  | { readonly fault: string };
