/** Runs the plan in a file task by task as a tile process does, without a queue, and says which keys its tasks have. */
import { readFileSync } from 'node:fs';
import { DirectoryStore } from '../../../dist/pipeline/store/directory-store.js';
import { PlanWalk } from '../../../dist/workers/plan-walk.js';

const { store: directory, planFile } = JSON.parse(process.argv[2]);
const { default: processTile } = await import('../../../dist/workers/tile-processor.js');
const store = new DirectoryStore(directory, { durable: false });
const walk = new PlanWalk(JSON.parse(readFileSync(planFile, 'utf8')));
const keys = {};
while (!walk.complete)
  for (const task of walk.take(Number.MAX_SAFE_INTEGER)) {
    await store.writeTask(task);
    await processTile({ data: { key: task.key } });
    keys[task.id] = task.key;
    walk.finish(task.id, await store.completeRecord(task.key));
  }
process.stdout.write(`REPORT ${JSON.stringify(keys)}\n`);
