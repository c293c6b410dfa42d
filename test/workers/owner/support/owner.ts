import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { DirectoryStore } from '../../../../pipeline/store/directory-store.ts';
import type { Plan } from '../../../../pipeline/tasks/task.ts';
import { planBytes } from '../../../../pipeline/tasks/task-key.ts';
import type { Engine } from '../../../../workers/engine.ts';
import { Owner } from '../../../../workers/owner/owner.ts';
import { RunLedger } from '../../../../workers/owner/run-ledger.ts';
import type { Years } from '../../../../workers/owner/year-process.ts';
import { root, type TestWorkspace } from '../../support/engine.ts';

/** Years whose plans the test gives by run file; handing over only notes that it happened. */
export interface FakeYears extends Years {
  readonly published: string[];
}

export function fakeYears(planOf: (runFile: string) => Plan): FakeYears {
  const published: string[] = [];
  return {
    published,
    async prepare({ runFile, store }) {
      const { digest } = await new DirectoryStore(store, { durable: false }).putBytes(planBytes(planOf(runFile)));
      return { planDigest: digest, findings: [] };
    },
    async publish({ runFile }) {
      published.push(runFile);
      return { directory: `${runFile}-results`, figures: [] };
    },
  };
}

export const workspaceDirectory = (workspace: TestWorkspace): string => join(workspace.directory, 'workspace');

export const ledgerOf = (workspace: TestWorkspace): RunLedger => new RunLedger(workspaceDirectory(workspace));

export const startOwner = (workspace: TestWorkspace, engine: Engine, years: Years): Promise<Owner> =>
  Owner.start({ engine, ledger: ledgerOf(workspace), years, version: '0' });

/** A valid run file of a name; the files it mentions are not there. */
export function writeRunFile(workspace: Pick<TestWorkspace, 'directory'>, name: string): string {
  const document = parseDocument(readFileSync(join(root, 'data-samples', '2024.yaml'), 'utf8'));
  document.set('name', name);
  document.set('workspace', 'workspace');
  const path = join(workspace.directory, `${name}.yaml`);
  writeFileSync(path, String(document));
  return path;
}

/** The run once it has ended. */
export function ended(owner: Owner, id: string): Promise<NonNullable<ReturnType<Owner['status']>>> {
  return until(owner, () => {
    const run = owner.status(id);
    return run && run.state !== 'queued' && run.state !== 'running' ? run : undefined;
  });
}

/** What `look` finds as soon as it finds something; it looks after each news. */
export function until<T>(owner: Owner, look: () => T | undefined): Promise<T> {
  return new Promise((resolve) => {
    const check = () => {
      const found = look();
      if (found === undefined) return;
      unsubscribe();
      resolve(found);
    };
    const unsubscribe = owner.subscribe(() => setImmediate(check));
    check();
  });
}
