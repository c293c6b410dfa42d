// The queue's side of a child process, first: it takes up the signals, some of which the processor then takes from it.
import 'bullmq/dist/cjs/classes/main.js';

export { default, ready } from './tile-processor.ts';
