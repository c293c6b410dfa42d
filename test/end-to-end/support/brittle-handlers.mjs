/**
 * The program's own tasks, one of which takes its process along as a decoder does that meets a damaged file:
 * SHUIBAO_TEST_CRASH names it, SHUIBAO_TEST_CRASHES how often; a file counts the times.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { taskHandlers as own } from '../../../dist/pipeline/tasks/registry.js';

const { SHUIBAO_TEST_CRASH: victim, SHUIBAO_TEST_CRASHES: times, SHUIBAO_TEST_CRASHED: file } = process.env;
const crashed = () => (existsSync(file) ? readFileSync(file, 'utf8').length : 0);

export const taskHandlers = own.map((handler) => ({
  ...handler,
  async run(task, context) {
    if (task.id === victim && crashed() < Number(times)) {
      appendFileSync(file, '.');
      process.kill(process.pid, 'SIGSEGV');
      await new Promise((resolve) => setTimeout(resolve, 10_000));
    }
    return handler.run(task, context);
  },
}));
