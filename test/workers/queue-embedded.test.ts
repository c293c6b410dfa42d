import { queueConformance } from '../conformance/queue.conformance.ts';

queueConformance('the embedded queue', () => ({}));
