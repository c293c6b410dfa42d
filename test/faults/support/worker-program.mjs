/** A worker of its own with a short lock, so that the tests need not wait a minute for a frozen one to be given up. */
import { startWorkerProgram } from '../../../dist/workers/worker-program.js';

const { slots, registry, lockMilliseconds } = JSON.parse(process.argv[2]);
const worker = await startWorkerProgram({
  slots,
  registry,
  lockMilliseconds,
  environment: process.env,
  durable: false,
});
process.stdout.write('READY true\n');
process.once('SIGTERM', () => void worker.leave());
