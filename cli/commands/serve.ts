import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { openEngine } from '../../workers/engine.ts';
import { openJournal } from '../../workers/open-journal.ts';
import { serveApi } from '../../workers/owner/api/server.ts';
import { Owner } from '../../workers/owner/owner.ts';
import { reconcileRuns } from '../../workers/owner/reconcile-catalog.ts';
import { RegisterFollower } from '../../workers/owner/register-follower.ts';
import { RunLedger } from '../../workers/owner/run-ledger.ts';
import { yearsInChildren } from '../../workers/owner/year-process.ts';
import { packageVersion } from '../package-version.ts';
import { countArgument, portArgument, workspaceOption } from '../runs-access.ts';
import { stopSignal } from '../stop-signal.ts';

/** `shuibao serve` owns a workspace: it works through the queue and answers the other commands until it is stopped. */
export const serveCommand = (language: () => Language): Command =>
  new Command('serve')
    .description('处理队列的常驻进程 / work through the queue until stopped')
    .option('--workers <n>', '进程数，0 表示只调度 worker processes; 0 only coordinates', countArgument)
    .option('--port <n>', '接口端口 port of the interface', portArgument)
    .option('--host <address>', '接口地址；默认只有本机可达 address of the interface', '127.0.0.1')
    .addOption(workspaceOption())
    .action(async (options: ServeOptions) => {
      await serve(options, language());
    });

interface ServeOptions {
  readonly workers?: number;
  readonly port?: number;
  readonly host: string;
  readonly workspace: string;
}

async function serve({ workspace, workers, host, port }: ServeOptions, language: Language): Promise<void> {
  const stopped = stopSignal();
  await mkdir(workspace, { recursive: true });
  const warn = (message: string) => console.error(message);
  const engine = await openEngine({
    workspace,
    serves: true,
    ...(workers === undefined ? {} : { slots: workers }),
    logger: { warn, error: warn },
  });
  try {
    const ledger = new RunLedger(workspace);
    await reconcileRuns(engine.catalog, ledger);
    const register = new RegisterFollower({
      journal: openJournal(workspace),
      store: engine.store,
      catalog: engine.catalog,
    });
    // A journal that cannot be read keeps the catalog where it is, not the runs from going on.
    await register.follow().catch((error: unknown) => warn(error instanceof Error ? error.message : String(error)));
    const owner = await Owner.start({ engine, ledger, years: yearsInChildren, version: packageVersion() });
    try {
      const { queues } = engine;
      const place = port === undefined ? { host } : { host, port };
      const api = await serveApi({ workspace, owner, ledger, register, queues, health: engine, ...place });
      const board = `${api.url}/board`;
      console.log(
        language === 'zh'
          ? `就绪：${workspace}  ${api.url}\n队列看板：${board}（口令在 ${join(workspace, 'api.json')} 中）`
          : `Ready: ${workspace}  ${api.url}\nQueue board: ${board} (token in ${join(workspace, 'api.json')})`,
      );
      await stopped;
      console.error(
        language === 'zh' ? '正在停止；未完成的运行下次继续。' : 'Stopping; unfinished runs go on with the next start.',
      );
      await api.close();
    } finally {
      // Also when its port is taken: the runs it has begun are the next owner's, not cancelled ones.
      await owner.stop();
    }
  } finally {
    await engine.close();
  }
}
