import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localTime } from '../../pipeline/messages/local-time.ts';
import { UserError } from '../../pipeline/messages/user-error.ts';
import { processStart } from '../../workers/process-identity.ts';
import { lockWorkspace, workspaceOwner } from '../../workers/workspace-lock.ts';

describe('the lock of a workspace', () => {
  let workspace: string;
  beforeEach(() => {
    workspace = mkdtempSync(join(tmpdir(), 'shuibao-lock-'));
  });
  afterEach(() => rmSync(workspace, { recursive: true, force: true }));

  const lockFile = () => join(workspace, 'owner.lock');
  const leave = (owner: object) => {
    const dead = {
      pid: process.pid,
      processStart: processStart(process.pid),
      host: hostname(),
      token: 't',
      since: 's',
    };
    writeFileSync(lockFile(), JSON.stringify({ ...dead, ...owner }));
  };

  it('lets one in, names it to the next, and is free again when given back', async () => {
    const lock = await lockWorkspace(workspace);
    expect((await workspaceOwner(workspace))?.token).toBe(lock.owner.token);
    const refused = await lockWorkspace(workspace).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect((refused as UserError).finding).toMatchObject({ code: 'workspace-owned', file: workspace });
    expect((refused as UserError).finding.found.en).toContain(String(process.pid));
    expect((refused as UserError).finding.found.zh).toContain(`自 ${localTime(lock.owner.since)} 起`);
    await lock.release();
    expect(await workspaceOwner(workspace)).toBeUndefined();
    await (await lockWorkspace(workspace)).release();
    expect(readdirSync(workspace)).toEqual([]);
  });

  it('lets only one of many in that come at once, also over a dead owner’s lock', async () => {
    for (const prepare of [() => {}, () => leave({ processStart: 'an earlier process of this number' })]) {
      prepare();
      const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockWorkspace(workspace)));
      const won = tries.filter((each) => each.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0]!.value.release();
    }
  });

  it('takes over from processes that are gone, not from those that live', async () => {
    leave({});
    await expect(lockWorkspace(workspace)).rejects.toBeInstanceOf(UserError);
    // A number no process has: beyond the system's largest.
    leave({ pid: 2 ** 30, processStart: 'x' });
    await (await lockWorkspace(workspace)).release();
  });

  it('believes a machine it cannot ask as long as the lock is kept fresh', async () => {
    leave({ host: 'elsewhere' });
    await expect(lockWorkspace(workspace)).rejects.toBeInstanceOf(UserError);
    const old = new Date(Date.now() - 120_000);
    utimesSync(lockFile(), old, old);
    await (await lockWorkspace(workspace)).release();
  });

  it('does not take a lock away that another process has taken over meanwhile', async () => {
    const lock = await lockWorkspace(workspace);
    leave({ token: 'another' });
    await lock.release();
    expect(JSON.parse(readFileSync(lockFile(), 'utf8')).token).toBe('another');
  });
});
