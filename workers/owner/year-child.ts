import { UserError, userError } from '../../pipeline/messages/user-error.ts';
import { checkYear, planYear, publishYear } from '../../pipeline/results/year.ts';
import { openStore } from '../../pipeline/store/open-store.ts';
import { surveyPlan } from '../../pipeline/tasks/survey-plan.ts';
import type { JsonValue } from '../../pipeline/tasks/task.ts';
import { canonicalJson, sha256 } from '../../pipeline/tasks/task-key.ts';
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
  const { loaded, findings, refused } = await checkYear(request.runFile, request.check);
  if (refused) return { problems: findings.filter(({ severity }) => severity === 'error') };
  const { plan } = await planYear(loaded);
  const store = openStore(request.store);
  const { digest } = await store.putBytes(new TextEncoder().encode(canonicalJson(plan as unknown as JsonValue)));
  return { prepared: { planDigest: digest, findings } };
}

async function publish(request: YearRequest & { action: 'publish' }): Promise<YearAnswer> {
  const { loaded } = await checkYear(request.runFile, false);
  const planned = await planYear(loaded);
  if (sha256(canonicalJson(planned.plan as unknown as JsonValue)) !== request.planDigest)
    throw changedMeanwhile(request);
  const store = openStore(request.store);
  const { keys } = await surveyPlan(planned.plan, store);
  const { findings, version } = request;
  const published = await publishYear({ loaded, findings }, planned, Object.fromEntries(keys), store, version);
  return { published };
}

function changedMeanwhile({ runFile }: YearRequest): Error {
  return userError(
    'inputs-changed',
    runFile,
    { zh: '运行期间，运行文件或其输入被改动', en: 'the run file or one of its inputs was changed during the run' },
    undefined,
    { zh: '再次排队即可，只重算改动涉及的部分', en: 'queue it again; only what the change touches is computed' },
  );
}
