#!/usr/bin/env node
/**
 * A run of the size of a country with tasks that compute nothing: what the queue, the store and the coordinator cost by
 * themselves. Usage: no-op-run.mjs TASKS [SLOTS]; REDIS_URL chooses the server setting, none the embedded one.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Redis } from 'ioredis';
import { sha256 } from '../../dist/pipeline/tasks/task-key.js';
import { openEngine } from '../../dist/workers/engine.js';

const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..');
const tasks = Number(process.argv[2] ?? 100_000);
const slots = Number(process.argv[3] ?? 2);
const directory = mkdtempSync(join(tmpdir(), 'shuibao-no-op-'));
const megabytes = (bytes) => Math.round(bytes / 1e6);

/** Three layers, as terrain has: tiles, a reduction over each hundred of them, and the tiles finished with it. */
function nationalPlan(size) {
  const planned = [];
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

const task = (id, inputs) => ({ id, kind: 'test-name', parameters: { label: id }, inputs });

const registry = join(directory, 'handlers.mjs');
writeFileSync(
  registry,
  `export const taskHandlers = [{ kind: 'test-name', version: 1, async run(task) {
     return { outputs: { text: { bytes: new TextEncoder().encode(task.id), mediaType: 'text/plain' } } };
   } }];`,
);

const redis = process.env.REDIS_URL ? new Redis(process.env.REDIS_URL) : undefined;
const redisBytes = async () => Number(/used_memory:(\d+)/.exec((await redis?.info('memory')) ?? '')?.[1] ?? 0);
const highest = { owner: 0, heap: 0, redis: 0 };
let done = 0;
const sample = async () => {
  const { rss, heapUsed } = process.memoryUsage();
  highest.owner = Math.max(highest.owner, rss);
  highest.heap = Math.max(highest.heap, heapUsed);
  highest.redis = Math.max(highest.redis, await redisBytes());
};
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
await engine.close();
redis?.disconnect();
console.log(
  `${redis ? 'Redis' : 'embedded'}, ${tasks} tasks, ${slots} slots: ${report.state}, ${took.toFixed(0)} s, ` +
    `${(tasks / took).toFixed(0)} tasks/s; owner ${megabytes(highest.owner)} MB (heap ${megabytes(highest.heap)} MB)` +
    (redis ? `, Redis ${megabytes(highest.redis)} MB` : ''),
);
if (existsSync(directory)) rmSync(directory, { recursive: true, force: true });
