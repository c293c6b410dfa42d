import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import type { Language } from '../../pipeline/messages/text.ts';
import { startWorkerProgram } from '../../workers/worker-program.ts';
import { countArgument, portArgument } from '../runs-access.ts';
import { stopSignal } from '../stop-signal.ts';

interface Options {
  readonly workers?: number;
  readonly port?: number;
  readonly host?: string;
  readonly grace: number;
}

/** `shuibao worker` joins the queue at REDIS_URL (or QUEUE_URL) over the store at STORE_URL; SIGTERM makes it leave. */
export const workerCommand = (language: () => Language): Command =>
  new Command('worker')
    .description('加入服务器队列计算分块 / join a server’s queue and compute tiles')
    .option('--workers <n>', '进程数 processes', countArgument)
    .option('--port <n>', '健康与指标端口 port of /healthz and /metrics', portArgument)
    .option('--host <address>', '该端口的地址 address of that port', '127.0.0.1')
    .option('--grace <seconds>', '停止时等待在手任务的秒数 seconds to wait for tasks in hand', countArgument, 300)
    .action(async (options: Options) => {
      const zh = language() === 'zh';
      const stopped = stopSignal();
      const worker = await startWorkerProgram({
        slots: options.workers ?? availableParallelism(),
        environment: process.env,
        graceMilliseconds: options.grace * 1000,
        onError: (error) => console.error(error.message),
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.host === undefined ? {} : { host: options.host }),
      });
      console.log(zh ? `已加入队列 ${worker.url ?? ''}` : `Joined the queue ${worker.url ?? ''}`);
      await stopped;
      console.error(zh ? '正在离开；完成在手的分块。' : 'Leaving; the tiles in hand are finished.');
      await worker.leave();
    });
