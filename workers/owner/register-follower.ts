import type { Catalog } from '../../pipeline/catalog/catalog.ts';
import type { Journal } from '../../pipeline/catalog/journal.ts';
import type { Projected } from '../../pipeline/catalog/project-journal.ts';
import type { ArtifactStore } from '../../pipeline/store/artifact-store.ts';

/** Keeps the supervision in a catalog in step with the journal; one projection at a time. */
export class RegisterFollower {
  private readonly parts: { readonly journal: Journal; readonly store: ArtifactStore; readonly catalog: Catalog };
  private last: Promise<unknown> = Promise.resolve();

  constructor(parts: RegisterFollower['parts']) {
    this.parts = parts;
  }

  /** Takes in what the journal has and the catalog lacks; with `anew` everything from the first entry on. */
  follow(options: { readonly anew?: boolean } = {}): Promise<Projected> {
    const { journal, store, catalog } = this.parts;
    const next = this.last.then(async () => {
      // It knows coordinate systems, which a process that never gets here need not load.
      const { projectJournal } = await import('../../pipeline/catalog/project-journal.ts');
      return projectJournal(journal, store, catalog.supervision, options);
    });
    this.last = next.catch(() => undefined);
    return next;
  }
}
