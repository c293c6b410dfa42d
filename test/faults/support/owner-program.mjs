/** Owns a workspace, runs the plan in a file and says how it ended; killed by the tests at any moment. */
import { readFileSync } from 'node:fs';
import { openEngine } from '../../../dist/workers/engine.js';

const { workspace, planFile, slots, registry, lockMilliseconds } = JSON.parse(process.argv[2]);
const say = (word, value) => process.stdout.write(`${word} ${JSON.stringify(value)}\n`);

try {
  const engine = await openEngine({ workspace, slots, registry, lockMilliseconds, durable: false });
  const plan = JSON.parse(readFileSync(planFile, 'utf8'));
  const handle = await engine.submit({ runId: 'faults', name: 'faults', plan });
  handle.events.on('event', (event) => {
    if (event.type === 'task-finished') say('DONE', event.task.id);
  });
  const { state, counts, keys, failures } = await handle.finished;
  say('REPORT', { state, counts, keys, failures, rss: process.memoryUsage.rss() });
  await engine.close();
} catch (error) {
  say('ERROR', { message: error.message, code: error.finding?.code });
  process.exit(1);
}
