import { Command } from 'commander';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { planAnnualRun } from '../../pipeline/plan/annual-run.ts';
import { estimateRun } from '../../pipeline/plan/estimate.ts';
import { surveyPlan } from '../../pipeline/tasks/survey-plan.ts';
import { openWorkspaceStore } from '../../workers/store-location.ts';
import { digestCache, workspaceOf } from '../workspace.ts';
import { planPage } from './plan-page.ts';

/** `shuibao plan RUN.yaml`: what a run would do, without doing it. */
export const planCommand = (language: () => Language): Command =>
  new Command('plan')
    .description('网格、分块、任务与资源估算 / grid, tiles, tasks and estimates')
    .argument('<run-file>', '运行文件 run file (YAML)')
    .action(async (file: string) => {
      const loaded = await loadRunFile(file);
      const workspace = workspaceOf(loaded);
      const planned = await planAnnualRun(loaded, digestCache(workspace));
      const store = openWorkspaceStore(workspace);
      const survey = await surveyPlan(planned.plan, store);
      console.log(planPage(loaded, planned, survey, estimateRun(loaded, planned), language()));
    });
