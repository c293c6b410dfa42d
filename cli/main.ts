#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { findingLine } from '../pipeline/messages/finding.ts';
import { type Language, languageFromEnvironment } from '../pipeline/messages/text.ts';
import { UserError } from '../pipeline/messages/user-error.ts';
import { boundariesCommand } from './commands/boundaries.ts';
import { cancelCommand } from './commands/cancel.ts';
import { checkCommand } from './commands/check.ts';
import { detectCommand } from './commands/detect.ts';
import { explainCommand } from './commands/explain.ts';
import { gcCommand } from './commands/gc.ts';
import { logsCommand } from './commands/logs.ts';
import { overlayCommand, replayCommand } from './commands/overlay.ts';
import { patchesCommand } from './commands/patches.ts';
import { planCommand } from './commands/plan.ts';
import { priorityCommand } from './commands/priority.ts';
import { queueCommand } from './commands/queue.ts';
import { resumeCommand } from './commands/resume.ts';
import { retryCommand } from './commands/retry.ts';
import { runCommand } from './commands/run.ts';
import { serveCommand } from './commands/serve.ts';
import { statusCommand } from './commands/status.ts';
import { workerCommand } from './commands/worker.ts';
import { packageVersion } from './package-version.ts';

/** Exit codes: 0 done, 1 the program failed, 2 the input is at fault, 130 stopped by the user. */
const exitInput = 2;

const fallback = languageFromEnvironment(process.env);
let language: Language = fallback;

const program = new Command('shuibao')
  .description('水保：水土流失动态监测与生产建设项目监管 / annual soil-erosion monitoring and supervision')
  .version(packageVersion())
  .addOption(new Option('--lang <language>', '语言 language').choices(['zh', 'en']).default(fallback))
  .exitOverride()
  .hook('preAction', (command) => {
    language = command.opts<{ lang: Language }>().lang;
  });

const commands = [
  checkCommand,
  planCommand,
  runCommand,
  explainCommand,
  serveCommand,
  workerCommand,
  queueCommand,
  statusCommand,
  cancelCommand,
  resumeCommand,
  retryCommand,
  priorityCommand,
  logsCommand,
  gcCommand,
  detectCommand,
  boundariesCommand,
  patchesCommand,
  overlayCommand,
  replayCommand,
];
for (const command of commands) program.addCommand(command(() => language));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitInput;
  if (error instanceof UserError) {
    console.error(findingLine(error.finding, language));
    return exitInput;
  }
  // A fault of the program itself: the first line tells, the trace is there for whoever asks for it.
  const message = error instanceof Error ? error.message : String(error);
  console.error(language === 'zh' ? `程序出错：${message}` : `the program failed: ${message}`);
  if (process.env.SHUIBAO_DEBUG && error instanceof Error) console.error(error.stack);
  return 1;
}
