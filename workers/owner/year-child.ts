import { hasErrors } from '../../pipeline/inputs/check-page.ts';
import { distinctFindings } from '../../pipeline/messages/finding.ts';
import { UserError } from '../../pipeline/messages/user-error.ts';
import {
  checkAsked,
  loadComparison,
  planAsked,
  planComparison,
  publishComparison,
} from '../../pipeline/results/comparison.ts';
import { inputsChanged } from '../../pipeline/results/inputs-changed.ts';
import { checkYear, planYear, YearPublication } from '../../pipeline/results/year.ts';
import { openStore } from '../../pipeline/store/open-store.ts';
import { surveyPlan } from '../../pipeline/tasks/survey-plan.ts';
import type { Plan, TaskKey } from '../../pipeline/tasks/task.ts';
import { planBytes, planDigestOf } from '../../pipeline/tasks/task-key.ts';
import type { YearAnswer, YearRequest } from './year-messages.ts';

// Reads and hands over years in a process of its own: inspecting and digesting large files would keep the owner from
// answering and from renewing its locks, and a file that crashes GDAL must not take the owner along.
process.on('disconnect', () => process.exit(1));
process.on('SIGINT', () => {});
process.once('message', (request: YearRequest) => {
  void answer(request).then((answered) => process.send!(answered, () => process.exit(0)));
});

async function answer(request: YearRequest): Promise<YearAnswer> {
  try {
    return request.action === 'prepare' ? await prepare(request) : await publish(request);
  } catch (error) {
    if (error instanceof UserError) return { problems: [error.finding] };
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

async function prepare(request: YearRequest & { action: 'prepare' }): Promise<YearAnswer> {
  const findings = distinctFindings((await checkAsked(request, request.check)).flatMap((year) => year.findings));
  if (hasErrors(findings)) return { problems: findings.filter(({ severity }) => severity === 'error') };
  const { digest } = await openStore(request.store).putBytes(planBytes(await planAsked(request)));
  return { prepared: { planDigest: digest, findings } };
}

async function publish(request: YearRequest & { action: 'publish' }): Promise<YearAnswer> {
  const { runFile, comparison, findings, version } = request;
  const store = openStore(request.store);
  const keysOf = async (plan: Plan): Promise<Readonly<Record<string, TaskKey>>> => {
    if (planDigestOf(plan) !== request.planDigest) throw inputsChanged(request.runFile);
    return Object.fromEntries((await surveyPlan(plan, store)).keys);
  };
  if (comparison) {
    const years = await planComparison(await loadComparison(runFile, comparison), comparison.minimumAreas);
    return { published: await publishComparison(years, await keysOf(years.planned.plan), store) };
  }
  const { loaded } = await checkYear(runFile, false);
  const planned = await planYear(loaded);
  const keys = await keysOf(planned.plan);
  const publication = new YearPublication({ loaded, findings }, planned, store, version);
  return { published: await publication.publish(keys) };
}
