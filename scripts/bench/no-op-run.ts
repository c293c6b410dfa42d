/**
 * A run of the size of a country with tasks that compute nothing: what the queue, the store and the coordinator cost by
 * themselves. Usage: node dist/scripts/bench/no-op-run.js TASKS [SLOTS]; QUEUE_URL and REDIS_URL choose the setting as they
 * do for `shuibao`, none the embedded one. A PostgreSQL server must be on this machine, or its memory is not seen.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Plan, PlannedInput, PlannedTask } from '../../pipeline/tasks/task.ts';
import { sha256 } from '../../pipeline/tasks/task-key.ts';
import { openEngine } from '../../workers/engine.ts';
import { openServerPool, queueSetting } from '../../workers/queue-backend.ts';
import { redisOptions } from '../../workers/redis-connection.ts';

const tasks = Number(process.argv[2] ?? 100_000);
const slots = Number(process.argv[3] ?? 2);
const directory = mkdtempSync(join(tmpdir(), 'shuibao-no-op-'));
const megabytes = (bytes: number): number => Math.round(bytes / 1e6);

/** Three layers, as terrain has: tiles, a reduction over each hundred of them, and the tiles finished with it. */
function nationalPlan(size: number): Plan {
  const planned: PlannedTask[] = [];
  const block = 100;
  for (let first = 0; planned.length < size; first += block) {
    const tiles = Array.from({ length: block }, (_, n) => `tile/${first + n}`);
    for (const id of tiles) planned.push(task(id, { in: { source: { value: id }, digest: sha256(id) } }));
    planned.push(task(`reduce/${first}`, Object.fromEntries(tiles.map((id) => [id, { task: id, output: 'text' }]))));
    const reduced = { task: `reduce/${first}`, output: 'text' };
    for (const id of tiles) planned.push(task(`finish/${id}`, { tile: { task: id, output: 'text' }, reduced }));
  }
  return { versions: { 'test-name': 1 }, tasks: planned.slice(0, size) };
}

const task = (id: string, inputs: Readonly<Record<string, PlannedInput>>): PlannedTask => ({
  id,
  kind: 'test-name',
  parameters: { label: id },
  inputs,
});

const registry = join(directory, 'handlers.mjs');
writeFileSync(
  registry,
  `export const taskHandlers = [{ kind: 'test-name', version: 1, async run(task) {
     return { outputs: { text: { bytes: new TextEncoder().encode(task.id), mediaType: 'text/plain' } } };
   } }];`,
);

const setting = queueSetting(process.env);
const server = await openServerGauge();
const highest = { owner: 0, heap: 0, children: 0, server: 0 };
let done = 0;
const sample = async (): Promise<void> => {
  const { rss, heapUsed } = process.memoryUsage();
  const now = { owner: rss, heap: heapUsed, children: childrenBytes(), server: await server.bytes() };
  for (const part of ['owner', 'heap', 'children', 'server'] as const)
    highest[part] = Math.max(highest[part], now[part]);
};

/** How much memory the queue's server has: as Redis tells it, or the sum over PostgreSQL's processes. */
async function openServerGauge(): Promise<{ bytes(): Promise<number>; close(): Promise<void> }> {
  if (setting.kind === 'embedded') return { bytes: async () => 0, close: async () => {} };
  if (setting.kind === 'redis') {
    const redis = new Redis(redisOptions(setting.url, setting.authorityFile));
    const bytes = async () => Number(/used_memory_rss:(\d+)/.exec(await redis.info('memory'))![1]);
    return { bytes, close: async () => redis.disconnect() };
  }
  const pool = await openServerPool(setting.url);
  const bytes = async () => {
    const { rows } = await pool.query('select pid from pg_stat_activity');
    return rows.reduce((sum, { pid }) => sum + proportionalBytes(pid), 0);
  };
  return { bytes, close: () => pool.end() };
}

/** Memory of a process, what it shares with others counted in parts. */
function proportionalBytes(pid: number): number {
  try {
    return 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))![1]);
  } catch {
    return 0;
  }
}

function childrenBytes(): number {
  try {
    const pids = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    return Math.max(0, ...pids.map(proportionalBytes));
  } catch {
    return 0;
  }
}

const begin = performance.now();
const seconds = () => (performance.now() - begin) / 1000;
const sampling = setInterval(() => void sample(), 1_000);
const telling = setInterval(() => {
  const { rss, heapUsed } = process.memoryUsage();
  console.log(`${Math.round(seconds())} s  ${done} tasks  rss ${megabytes(rss)} MB  heap ${megabytes(heapUsed)} MB`);
}, 15_000);

const engine = await openEngine({ workspace: join(directory, 'workspace'), slots, registry, durable: false });
const handle = await engine.submit({ runId: 'no-op', name: 'no-op', plan: nationalPlan(tasks) });
handle.events.on('event', (event) => {
  if (event.type === 'task-finished') done += 1;
});
const report = await handle.finished;
await sample();
clearInterval(sampling);
clearInterval(telling);
const took = seconds();
const { user, system } = process.cpuUsage();
await engine.close();
await server.close();
console.log(
  `${setting.kind}, ${tasks} tasks, ${slots} slots: ${report.state}, ${took.toFixed(0)} s, ` +
    `${(tasks / took).toFixed(0)} tasks/s; owner ${((user + system) / 1e3 / tasks).toFixed(1)} ms CPU per task, ${megabytes(highest.owner)} MB (heap ${megabytes(highest.heap)} MB), ` +
    `tile process ${megabytes(highest.children)} MB, server ${megabytes(highest.server)} MB`,
);
rmSync(directory, { recursive: true, force: true });
