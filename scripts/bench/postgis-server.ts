import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL with PostGIS of one's own, on a socket in a directory of its own. */
export interface PostgisServer {
  readonly client: pg.Client;
  stop(): Promise<void>;
}

const versions = '/usr/lib/postgresql';

/** Programs of a PostgreSQL that has PostGIS; undefined where there is none. */
function binaries(): string | undefined {
  const found = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : [];
  const fit = found.find((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`));
  return fit === undefined ? undefined : join(versions, fit, 'bin');
}

/** Starts a server with PostGIS, or returns undefined where it is not installed. */
export async function startPostgis(): Promise<PostgisServer | undefined> {
  const programs = binaries();
  if (programs === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-postgis-'));
  // PostgreSQL refuses to run for the superuser.
  const owner = process.getuid?.() === 0 ? ownerOf('postgres') : {};
  if (owner.uid !== undefined) chownSync(directory, owner.uid, owner.gid!);
  chmodSync(directory, 0o700);
  const data = join(directory, 'data');
  const run = (program: string, ...args: string[]): void => {
    const { status, stderr } = spawnSync(join(programs, program), args, { cwd: directory, encoding: 'utf8', ...owner });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  };
  run('initdb', '-D', data, '-U', 'bench', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C');
  const settings = `-c listen_addresses= -k ${directory} -F -c shared_buffers=512MB -c work_mem=256MB -c jit=off`;
  run('pg_ctl', '-D', data, '-w', '-l', join(directory, 'log'), '-o', settings, 'start');
  const client = new pg.Client({ host: directory, user: 'bench', database: 'postgres' });
  const stop = async (): Promise<void> => {
    await client.end().catch(() => undefined);
    run('pg_ctl', '-D', data, '-m', 'immediate', 'stop');
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await client.connect();
    await client.query('create extension postgis');
  } catch (error) {
    await stop();
    throw error;
  }
  return { client, stop };
}

function ownerOf(name: string): { uid?: number; gid?: number } {
  const id = (flag: string): number => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}
