/** The program's own tasks, each execution noted in a file. */
import { appendFileSync } from 'node:fs';
import { taskHandlers as own } from '../../../dist/pipeline/tasks/registry.js';

export const taskHandlers = own.map((handler) => ({
  ...handler,
  run(task, context) {
    appendFileSync(process.env.SHUIBAO_TEST_TRACE, `${task.id} ${process.pid}\n`);
    return handler.run(task, context);
  },
}));
