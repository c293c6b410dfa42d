import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A database server of a test's own, on a free port, in a directory of its own. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly directory: string;
  /** Ends it as a power cut would; its directory stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port over the same directory. */
  restart(): Promise<void>;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
}

export interface RedisServer extends TestServer {
  readonly socketPath: string;
}

export interface EncryptedRedisServer extends RedisServer {
  /** The authority that has signed its certificate. */
  readonly authorityFile: string;
}

interface Recipe {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

const redisBinary = ['redis-server', 'valkey-server'].map(onPath).find((path) => path !== undefined);
const postgresBinaries = postgresDirectory();

export const hasRedis = redisBinary !== undefined;
export const hasPostgres = postgresBinaries !== undefined;

/** @param settings further settings, such as `{ appendonly: 'yes' }`; they override the ones given here */
export async function startRedis(
  settings: Readonly<Record<string, string>> = {},
  listensBy: 'port' | 'tls-port' = 'port',
): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-redis-'));
  const port = await freePort();
  const socketPath = join(directory, 'redis.sock');
  const all = {
    port: '0',
    [listensBy]: String(port),
    bind: '127.0.0.1',
    unixsocket: socketPath,
    dir: directory,
    save: '',
    appendonly: 'no',
    'maxmemory-policy': 'noeviction',
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const server = await serve({ command: redisBinary!, args }, directory, port);
  const password = settings.requirepass ? `:${settings.requirepass}@` : '';
  return Object.assign(server, { url: `redis://${password}127.0.0.1:${port}/0`, socketPath });
}

/** Whether a server that speaks TLS can be had: one built without it complains of the setting before the nonsense. */
export const hasEncryptedRedis =
  hasRedis &&
  spawnSync('openssl', ['version']).status === 0 &&
  !spawnSync(redisBinary!, ['--tls-auth-clients', 'no', '--maxmemory', 'nonsense'], {
    encoding: 'utf8',
  }).stderr.includes('tls-auth-clients');

/** A Redis that speaks TLS alone, for 127.0.0.1, with a certificate from an authority made for it. */
export async function startEncryptedRedis(password: string): Promise<EncryptedRedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-tls-'));
  const file = (name: string) => join(directory, name);
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8', cwd: directory });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  };
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', file(name)];
  openssl(
    'req',
    '-x509',
    ...key('ca.key'),
    '-subj',
    '/CN=Shuibao test authority',
    '-days',
    '2',
    '-out',
    file('ca.crt'),
  );
  openssl('req', ...key('server.key'), '-subj', '/CN=redis', '-out', file('server.csr'));
  writeFileSync(file('names'), 'subjectAltName=IP:127.0.0.1');
  const authority = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial'];
  openssl(
    'x509',
    '-req',
    '-in',
    file('server.csr'),
    ...authority,
    '-extfile',
    file('names'),
    '-out',
    file('server.crt'),
  );
  const server = await startRedis(
    {
      'tls-cert-file': file('server.crt'),
      'tls-key-file': file('server.key'),
      'tls-ca-cert-file': file('ca.crt'),
      'tls-auth-clients': 'no',
      requirepass: password,
    },
    'tls-port',
  );
  const stop = async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  const url = server.url.replace(/^redis:/, 'rediss:');
  return { ...server, url, authorityFile: file('ca.crt'), stop };
}

export async function startPostgres(): Promise<TestServer> {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-postgres-'));
  const port = await freePort();
  const owner = unprivilegedUser();
  if (owner.uid !== undefined) chownSync(directory, owner.uid, owner.gid!);
  chmodSync(directory, 0o700);
  const data = join(directory, 'data');
  const initialise = ['-D', data, '-U', 'shuibao', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
  const made = spawnSync(join(postgresBinaries!, 'initdb'), initialise, { cwd: directory, encoding: 'utf8', ...owner });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const args = ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-k', directory, '-F'];
  const server = await serve({ command: join(postgresBinaries!, 'postgres'), args, ...owner }, directory, port);
  return Object.assign(server, { url: `postgres://shuibao@127.0.0.1:${port}/postgres` });
}

export interface S3Server extends TestServer {
  /** Settings with which a store in its bucket `results` is opened. */
  readonly environment: Readonly<Record<string, string>>;
  /** File in which the server keeps an object of that bucket. */
  fileOf(key: string): string;
}

/** An S3 service in a process of its own: one that shares a process with blocking callers could not answer them. */
export async function startS3(): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), 'shuibao-s3-'));
  const port = await freePort();
  const program = createRequire(import.meta.url).resolve('s3rver/bin/s3rver.js');
  const data = join(directory, 'data');
  // Its tokens for further pages are made with a cipher that today's OpenSSL calls a legacy.
  const args = [
    '--openssl-legacy-provider',
    program,
    '-d',
    data,
    '-a',
    '127.0.0.1',
    '-p',
    String(port),
    '--silent',
    '--no-vhost-buckets',
  ];
  args.push('--configure-bucket', 'results');
  const server = await serve({ command: process.execPath, args }, directory, port);
  const url = `http://127.0.0.1:${port}`;
  const environment = {
    S3_ENDPOINT: url,
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    SHUIBAO_CACHE: join(directory, 'cache'),
  };
  return Object.assign(server, {
    url,
    environment,
    fileOf: (key: string) => join(data, 'results', `${key}._S3rver_object`),
  });
}

/**
 * Runs a server below a shell that ends it when this process is gone, however it went: the shell waits for the end of its
 * standard input, which only this process holds open.
 */
async function serve(recipe: Recipe, directory: string, port: number): Promise<Omit<TestServer, 'url'>> {
  const guard = 'd=$1; shift; "$@" >"$d/log" 2>&1 & s=$!; echo $s >"$d/pid"; cat >/dev/null; kill -9 $s; wait $s';
  let guardian: ChildProcess;
  const start = async () => {
    guardian = spawn('/bin/sh', ['-c', guard, 'guard', directory, recipe.command, ...recipe.args], {
      cwd: directory,
      stdio: ['pipe', 'ignore', 'ignore'],
      ...(recipe.uid === undefined ? {} : { uid: recipe.uid, gid: recipe.gid! }),
    });
    await answering(port, () => readFileSync(join(directory, 'log'), 'utf8'));
  };
  const kill = async () => {
    if (guardian.exitCode !== null || guardian.signalCode !== null) return;
    const ended = new Promise((resolve) => guardian.once('close', resolve));
    guardian.stdin!.end();
    await ended;
    await silent(port);
  };
  await start();
  return {
    port,
    directory,
    kill,
    restart: async () => {
      await kill();
      rmSync(join(directory, 'data', 'postmaster.pid'), { force: true });
      await start();
    },
    stop: async () => {
      await kill();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function answering(port: number, log: () => string): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt++) {
    if (await connects(port)) return;
    await pause(50);
  }
  throw new Error(`the server did not start:\n${log()}`);
}

async function silent(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200 && (await connects(port)); attempt++) await pause(25);
}

const connects = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once('connect', () => end(true)).once('error', () => end(false));
  });

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/** PostgreSQL refuses to run for the superuser, so that one lends it another account. */
function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // Try the next name.
    }
  }
  return {};
}

function onPath(name: string): string | undefined {
  const directories = [...(process.env.PATH ?? '').split(':'), '/usr/local/bin', '/usr/bin', '/usr/sbin'];
  return directories.map((directory) => join(directory, name)).find((path) => existsSync(path));
}

/** The directory of the newest server; Debian keeps it off the path. */
function postgresDirectory(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const directory = join(debian, version, 'bin');
    if (existsSync(join(directory, 'initdb'))) return directory;
  }
  const initdb = onPath('initdb');
  return initdb && join(initdb, '..');
}
