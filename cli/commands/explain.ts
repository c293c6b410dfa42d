import { Command, InvalidArgumentError } from 'commander';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { planAnnualRun } from '../../pipeline/plan/annual-run.ts';
import { explainCell } from '../../pipeline/results/explain-cell.ts';
import { openWorkspaceStore } from '../../workers/store-location.ts';
import { digestCache, workspaceOf } from '../workspace.ts';
import { explainPage } from './explain-page.ts';

type Point = readonly [number, number];

const point = (text: string): Point => {
  const [x, y, ...rest] = text.split(/[,，]/).map(Number);
  if (rest.length > 0 || !Number.isFinite(x) || !Number.isFinite(y))
    throw new InvalidArgumentError('应为两个数，如 413255,3942105 / expected two numbers');
  return [x!, y!];
};

/** `shuibao explain RUN.yaml --at X,Y`: how the value of one cell came about. */
export const explainCommand = (language: () => Language): Command =>
  new Command('explain')
    .description('解释一个像元的结果 / how the value of one cell came about')
    .argument('<run-file>', '运行文件 run file (YAML)')
    .option('--at <x,y>', '投影坐标 position in the grid’s system', point)
    .option('--lonlat <lon,lat>', '经纬度 longitude and latitude', point)
    .option('--scenario <id>', '情景 of a scenario of the run file')
    .action(async (file: string, options: { at?: Point; lonlat?: Point; scenario?: string }, command: Command) => {
      const position = options.at ?? options.lonlat;
      if (!position) return command.error('应给出 --at X,Y 或 --lonlat 经度,纬度 / give --at X,Y or --lonlat LON,LAT');
      const loaded = await loadRunFile(file);
      const workspace = workspaceOf(loaded);
      const planned = await planAnnualRun(loaded, digestCache(workspace));
      const store = openWorkspaceStore(workspace);
      // Projected metres are never as small as degrees, so --at also takes longitude and latitude.
      const isDegrees = options.at === undefined || (Math.abs(position[0]) <= 180 && Math.abs(position[1]) <= 90);
      console.log(
        explainPage(await explainCell(loaded, planned, store, position, isDegrees, options.scenario), language()),
      );
    });
