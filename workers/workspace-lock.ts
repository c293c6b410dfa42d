import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { localTime } from '../pipeline/messages/local-time.ts';
import { userError } from '../pipeline/messages/user-error.ts';
import { linkUnlessThere } from '../pipeline/store/atomic-file.ts';
import { diskError } from '../pipeline/store/store-errors.ts';
import { processStart } from './process-identity.ts';

/** Who owns a workspace. */
export interface WorkspaceOwner {
  readonly pid: number;
  readonly processStart: string;
  readonly host: string;
  readonly token: string;
  readonly since: string;
  /** True: it will answer other commands, as soon as it is ready. */
  readonly serves: boolean;
}

export interface WorkspaceLock {
  readonly owner: WorkspaceOwner;
  /** Gives the workspace up; harmless when another process has taken it meanwhile. */
  release(): Promise<void>;
}

const lockName = 'owner.lock';
const heartbeatMilliseconds = 5_000;
/** A process on another machine cannot be asked whether it lives; its lock counts as long as it is being refreshed. */
const foreignLockLifeMilliseconds = 60_000;
const takeoverAttempts = 50;

/**
 * Makes this process the one owner of a workspace directory. The lock of a process that no longer runs is taken over at
 * once. Throws a user error naming the owner when there is a living one.
 * @param serves whether the process will answer other commands
 */
export async function lockWorkspace(workspace: string, serves = false): Promise<WorkspaceLock> {
  const path = join(workspace, lockName);
  const owner: WorkspaceOwner = {
    pid: process.pid,
    processStart: processStart(process.pid) ?? '',
    host: hostname(),
    token: randomUUID(),
    since: new Date().toISOString(),
    serves,
  };
  const own = join(workspace, `${lockName}.${owner.token}`);
  try {
    await mkdir(workspace, { recursive: true });
    await writeFile(own, JSON.stringify(owner), { flag: 'wx' });
  } catch (error) {
    throw diskError(error, workspace) ?? error;
  }
  try {
    await take(path, own, owner, workspace);
  } finally {
    await rm(own, { force: true });
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => undefined);
  }, heartbeatMilliseconds);
  heartbeat.unref();
  return {
    owner,
    async release() {
      clearInterval(heartbeat);
      if ((await readOwner(path))?.token === owner.token) await rm(path, { force: true });
    },
  };
}

/** The living owner of a workspace, if there is one. */
export async function workspaceOwner(workspace: string): Promise<WorkspaceOwner | undefined> {
  const path = join(workspace, lockName);
  const owner = await readOwner(path);
  return owner && (await isAlive(owner, path)) ? owner : undefined;
}

async function take(path: string, own: string, owner: WorkspaceOwner, workspace: string): Promise<void> {
  for (let attempt = 0; attempt < takeoverAttempts; attempt++) {
    if (await linkUnlessThere(own, path)) return;
    const holder = await readOwner(path);
    if (holder && (await isAlive(holder, path))) throw refused(workspace, holder);
    if (await takeOver(path, own, owner, holder)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw refused(workspace, await readOwner(path));
}

/**
 * Replaces a dead owner's lock. Of several processes that see the same dead lock only the one whose marker link succeeds
 * may replace it, and it looks again while holding the marker: otherwise a slow one could replace the lock of a quick one.
 */
async function takeOver(
  path: string,
  own: string,
  owner: WorkspaceOwner,
  dead: WorkspaceOwner | undefined,
): Promise<boolean> {
  const marker = `${path}.takeover`;
  if (!(await linkUnlessThere(own, marker))) {
    const holder = await readOwner(marker);
    if (!holder || !(await isAlive(holder, marker))) await rm(marker, { force: true });
    return false;
  }
  try {
    const current = await readOwner(path);
    if (current?.token !== dead?.token) return false;
    const fresh = `${own}.new`;
    await writeFile(fresh, JSON.stringify(owner));
    await rename(fresh, path);
    return (await readOwner(path))?.token === owner.token;
  } finally {
    await rm(marker, { force: true });
  }
}

async function readOwner(path: string): Promise<WorkspaceOwner | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as WorkspaceOwner;
  } catch {
    return undefined;
  }
}

async function isAlive(owner: WorkspaceOwner, path: string): Promise<boolean> {
  if (owner.host !== hostname()) {
    const refreshed = await stat(path).catch(() => undefined);
    return refreshed !== undefined && Date.now() - refreshed.mtimeMs < foreignLockLifeMilliseconds;
  }
  const start = processStart(owner.pid);
  if (start === undefined) return false;
  return start === '' || owner.processStart === '' || start === owner.processStart;
}

function refused(workspace: string, holder: WorkspaceOwner | undefined): Error {
  const who = holder ? `${holder.pid} @ ${holder.host}` : '?';
  const since = holder ? localTime(holder.since) : '?';
  return userError(
    'workspace-owned',
    workspace,
    {
      zh: `工作目录正由另一进程使用（进程 ${who}，自 ${since} 起）`,
      en: `the workspace is in use by another process (${who}, since ${since})`,
    },
    { zh: '同一时间只能有一个进程使用', en: 'one process at a time' },
    { zh: '等它结束或将其停止，或用另一个工作目录', en: 'wait for it or stop it, or use another workspace' },
  );
}
