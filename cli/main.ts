#!/usr/bin/env node
import { Command, CommanderError, Option } from 'commander';
import { findingLine } from '../pipeline/messages/finding.ts';
import { type Language, languageFromEnvironment } from '../pipeline/messages/text.ts';
import { UserError } from '../pipeline/messages/user-error.ts';
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

type CommandFactory = (language: () => Language) => Command;

/** Where each command is made; loaded only when it is asked for, since most of the program is needed by few of them. */
const commands: Readonly<Record<string, () => Promise<CommandFactory>>> = {
  check: async () => (await import('./commands/check.ts')).checkCommand,
  plan: async () => (await import('./commands/plan.ts')).planCommand,
  run: async () => (await import('./commands/run.ts')).runCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  worker: async () => (await import('./commands/worker.ts')).workerCommand,
  queue: async () => (await import('./commands/queue.ts')).queueCommand,
  status: async () => (await import('./commands/status.ts')).statusCommand,
  cancel: async () => (await import('./commands/cancel.ts')).cancelCommand,
  resume: async () => (await import('./commands/resume.ts')).resumeCommand,
  retry: async () => (await import('./commands/retry.ts')).retryCommand,
  priority: async () => (await import('./commands/priority.ts')).priorityCommand,
  logs: async () => (await import('./commands/logs.ts')).logsCommand,
  gc: async () => (await import('./commands/gc.ts')).gcCommand,
  backup: async () => (await import('./commands/backup.ts')).backupCommand,
  restore: async () => (await import('./commands/backup.ts')).restoreCommand,
  journal: async () => (await import('./commands/journal.ts')).journalCommand,
  detect: async () => (await import('./commands/detect.ts')).detectCommand,
  boundaries: async () => (await import('./commands/boundaries.ts')).boundariesCommand,
  patches: async () => (await import('./commands/patches.ts')).patchesCommand,
  overlay: async () => (await import('./commands/overlay.ts')).overlayCommand,
  replay: async () => (await import('./commands/overlay.ts')).replayCommand,
};

const asked = process.argv.slice(2).find((word) => Object.hasOwn(commands, word));
for (const [name, load] of Object.entries(commands))
  if (asked === undefined || name === asked) program.addCommand(withExitOverride((await load())(() => language)));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

/** Commands made on their own end the process when their arguments are wrong, unless each is told not to. */
function withExitOverride(command: Command): Command {
  command.commands.forEach(withExitOverride);
  return command.exitOverride();
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
