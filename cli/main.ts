import { Command, CommanderError, Option } from 'commander';
import { fileError } from '../pipeline/messages/file-error.ts';
import { findingLine } from '../pipeline/messages/finding.ts';
import { type Language, languageFromEnvironment } from '../pipeline/messages/text.ts';
import { UserError } from '../pipeline/messages/user-error.ts';
import { inSources } from '../pipeline/programs/source-places.ts';
import { packageVersion } from './package-version.ts';
import { spoken } from './spoken-command.ts';

/** Exit codes: 0 done, 1 the program failed, 2 the input is at fault, 130 stopped by the user. */
const exitInput = 2;

const fallback = languageFromEnvironment(process.env);
/** Known before the arguments are understood, since that may fail. */
let language: Language = languageOfArguments(process.argv.slice(2)) ?? fallback;

const program = new Command('shuibao')
  .description('水保：水土流失动态监测与生产建设项目监管 / annual soil-erosion monitoring and supervision')
  .version(packageVersion(), '-V, --version', language === 'zh' ? '显示版本' : 'show the version')
  .addOption(new Option('--lang <language>', '语言 language').choices(['zh', 'en']).default(fallback))
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
  forget: async () => (await import('./commands/forget.ts')).forgetCommand,
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

/** The end of the command; the exit code is set by then. */
export const ready = main();

async function main(): Promise<void> {
  const asked = process.argv.slice(2).find((word) => Object.hasOwn(commands, word));
  for (const [name, load] of Object.entries(commands))
    if (asked === undefined || name === asked) program.addCommand((await load())(() => language));
  spoken(program, () => language);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function languageOfArguments(words: readonly string[]): Language | undefined {
  const text = words.join('\0');
  return /(?:^|\0)--lang(?:=|\0)(zh|en)(?:\0|$)/.exec(text)?.[1] as Language | undefined;
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitInput;
  const told = error instanceof UserError ? error : fileError(error);
  if (told) {
    console.error(findingLine(told.finding, language));
    if (told !== error) printTrace(error);
    return exitInput;
  }
  // A fault of the program itself: the first line tells, the trace is there for whoever asks for it.
  const message = error instanceof Error ? error.message : String(error);
  console.error(language === 'zh' ? `程序出错：${message}` : `the program failed: ${message}`);
  printTrace(error);
  return 1;
}

function printTrace(error: unknown): void {
  if (process.env.SHUIBAO_DEBUG && error instanceof Error) console.error(inSources(error.stack ?? ''));
}
