import type { TaskHandler } from '../task.ts';
import { accumulationTile } from './accumulation-tile.ts';
import { fillTile } from './fill-tile.ts';
import { flowTile } from './flow-tile.ts';
import { accumulationReduce, fillReduce, flowReduce, slopeLengthReduce } from './reduce-tasks.ts';
import { slopeLengthTile } from './slope-length-tile.ts';
import { terrainTile } from './terrain-tile.ts';

/** Kinds of task that make terrain of elevation, in the order in which a tile meets them. */
export const terrainHandlers: readonly TaskHandler[] = [
  fillTile,
  fillReduce,
  flowTile,
  flowReduce,
  accumulationTile,
  accumulationReduce,
  slopeLengthTile,
  slopeLengthReduce,
  terrainTile,
];
