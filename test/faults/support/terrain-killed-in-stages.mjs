/**
 * The handlers of the program. Each kind of terrain task kills its process group once, with its outputs made and not yet
 * in the store, and notes the memory of its process whenever it ends.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { taskHandlers as handlers } from '../../../dist/pipeline/tasks/registry.js';
import { terrainHandlers } from '../../../dist/pipeline/tasks/terrain/handlers.js';

const trace = process.env.SHUIBAO_TEST_TRACE;
const doomed = process.env.SHUIBAO_TEST_KILL === 'yes' ? terrainHandlers.map(({ kind }) => kind) : [];
const lines = () => readFileSync(trace, 'utf8').split('\n');

export const taskHandlers = handlers.map((handler) => ({
  ...handler,
  async run(task, context) {
    const result = await handler.run(task, context);
    const { kind } = task;
    // The second tile of a visit, so that one of its tiles is in the store; a reduction has no second.
    const before = lines();
    const isAgain = kind.endsWith('-reduce') || before.some((line) => line.startsWith(`done ${kind} `));
    if (doomed.includes(kind) && isAgain && !before.includes(`killed ${kind}`)) {
      appendFileSync(trace, `killed ${kind}\n`);
      process.kill(0, 'SIGKILL');
    }
    appendFileSync(trace, `done ${kind} ${process.resourceUsage().maxRSS}\n`);
    return result;
  },
}));
