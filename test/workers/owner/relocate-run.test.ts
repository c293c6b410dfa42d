import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askedRun } from '../../../workers/owner/asked-run.ts';
import { previousRunFileCopy, runFileCopy, writeBackup } from '../../../workers/owner/backup.ts';
import { DirectRuns } from '../../../workers/owner/direct-runs.ts';
import { restoreBackup } from '../../../workers/owner/restore.ts';
import type { RunEntry } from '../../../workers/owner/run-entry.ts';
import { RunLedger } from '../../../workers/owner/run-ledger.ts';
import { writeRunFile } from './support/owner.ts';

describe('runs restored in another place', () => {
  let directory: string;
  let old: string;
  let asked: readonly RunEntry[];
  const backup = () => join(directory, 'backup');
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'shuibao-moved-'));
    old = join(directory, 'old');
    mkdirSync(old);
    const [before, now] = ['甲 2023', '甲 2024'].map((name) => writeRunFile({ directory: old }, name)) as [
      string,
      string,
    ];
    const comparison = { previousRunFile: before, minimumAreas: { spoilHectares: 0.1, otherHectares: 1 } };
    asked = await Promise.all([
      askedRun({ runFile: now, user: 'u' }, '2026-01-01T00:00:00Z'),
      askedRun({ runFile: now, comparison, user: 'u' }, '2026-01-02T00:00:00Z'),
    ]);
    const ledger = new RunLedger(join(old, 'workspace'));
    for (const run of asked) await ledger.write({ ...run, state: 'cancelled', results: join(old, 'results', run.id) });
    await writeBackup(join(old, 'workspace'), backup(), { withResults: false, environment: {} });
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  const restoreTo = (workspace: string) => restoreBackup(backup(), workspace, {});

  it('are those of the run files beside the new workspace, so that these go on with them', async () => {
    const place = join(directory, 'new');
    renameSync(old, place);
    rmSync(join(place, 'workspace'), { recursive: true });
    const workspace = join(place, 'workspace');
    expect((await restoreTo(workspace)).adrift).toEqual([]);
    const runs = await new RunLedger(workspace).list();
    expect(runs.map(({ runFile, name }) => [runFile, name])).toEqual([
      [join(place, '甲 2024.yaml'), '甲 2024'],
      [join(place, '甲 2024.yaml'), '甲 2023 → 甲 2024'],
    ]);
    expect(runs[1]!.comparison!.previousRunFile).toBe(join(place, '甲 2023.yaml'));
    expect(runs[0]!.results).toBe(join(place, 'results', asked[0]!.id));
    // They are the very runs that the files ask for in their new place.
    const { runFile, comparison } = runs[1]!;
    for (const wish of [{ runFile }, { runFile, comparison: comparison! }]) {
      const { id } = await askedRun({ ...wish, user: 'u' }, '');
      expect(runs.map((run) => run.id)).toContain(id);
      expect((await new DirectRuns(workspace).resume(id)).state).toBe('queued');
    }
  });

  it('keep their names where their files are still where they were', async () => {
    await restoreTo(join(directory, 'elsewhere', 'workspace'));
    const runs = await new RunLedger(join(directory, 'elsewhere', 'workspace')).list();
    expect(runs.map(({ id, runFile }) => [id, runFile])).toEqual(asked.map(({ id, runFile }) => [id, runFile]));
  });

  it('are named when their files are nowhere, and say so when they are to go on', async () => {
    renameSync(old, join(directory, 'gone'));
    const workspace = join(directory, 'elsewhere', 'workspace');
    // A file of another name at the place is another run.
    mkdirSync(join(directory, 'elsewhere'));
    renameSync(writeRunFile({ directory }, '乙'), join(directory, 'elsewhere', '甲 2024.yaml'));
    const { adrift } = await restoreTo(workspace);
    expect(adrift.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
    const ledger = new RunLedger(workspace);
    for (const name of [runFileCopy, previousRunFileCopy])
      expect(existsSync(join(ledger.directoryOf(asked[1]!.id), name))).toBe(true);
    const refused = new DirectRuns(workspace).resume(asked[0]!.id);
    await expect(refused).rejects.toMatchObject({ finding: { code: 'run-file-gone', file: asked[0]!.runFile } });
    await expect(refused).rejects.toThrow(join(asked[0]!.id, runFileCopy));
    await expect(new DirectRuns(workspace).resume(asked[1]!.id)).rejects.toThrow(
      join(asked[1]!.id, previousRunFileCopy),
    );
  });
});
