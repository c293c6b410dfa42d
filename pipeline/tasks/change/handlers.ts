import type { TaskHandler } from '../task.ts';
import { changeMerge } from './change-merge.ts';
import { changeTile } from './change-tile.ts';
import { patchMerge } from './patch-merge.ts';
import { patchReduce } from './patch-reduce.ts';
import { patchTile } from './patch-tile.ts';

/** Kinds of task that compare two years and find disturbed ground. */
export const changeHandlers: readonly TaskHandler[] = [changeTile, patchReduce, patchTile, patchMerge, changeMerge];
