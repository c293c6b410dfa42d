import type { TaskHandler } from '../task.ts';
import { fillTile } from './fill-tile.ts';
import { flowTile } from './flow-tile.ts';
import { pathTile } from './path-tile.ts';
import { accumulationReduce, fillReduce, flowReduce, slopeLengthReduce } from './reduce-tasks.ts';
import { terrainTile } from './terrain-tile.ts';

/** Kinds of task that make terrain of elevation, in the order in which a tile meets them. */
export const terrainHandlers: readonly TaskHandler[] = [
  fillTile,
  fillReduce,
  flowTile,
  flowReduce,
  pathTile,
  accumulationReduce,
  slopeLengthReduce,
  terrainTile,
];
