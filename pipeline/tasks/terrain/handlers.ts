import type { TaskHandler } from '../task.ts';
import { alignElevation } from './align-elevation.ts';
import { flowTile } from './flow-tile.ts';
import { pathTile } from './path-tile.ts';
import { accumulationReduce, fillReduce, flowReduce, slopeLengthReduce } from './reduce-tasks.ts';
import { terrainTile } from './terrain-tile.ts';

/** Kinds of task that make terrain of an elevation file, in the order in which a tile meets them. */
export const terrainHandlers: readonly TaskHandler[] = [
  alignElevation,
  fillReduce,
  flowTile,
  flowReduce,
  pathTile,
  accumulationReduce,
  slopeLengthReduce,
  terrainTile,
];
