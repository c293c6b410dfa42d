import { boardConformance } from '../conformance/board.conformance.ts';
import { queueConformance } from '../conformance/queue.conformance.ts';

queueConformance('the embedded queue', () => ({}));
boardConformance('the embedded queue', () => ({}));
