import { extname } from 'node:path';
import { Command } from 'commander';
import { hasErrors, renderCheckPage } from '../../pipeline/inputs/check-page.ts';
import { checkRun } from '../../pipeline/inputs/check-run.ts';
import { describeFiles } from '../../pipeline/inputs/describe-files.ts';
import { loadRunFile } from '../../pipeline/inputs/run-file.ts';
import type { Language } from '../../pipeline/messages/text.ts';
import { punctuation } from '../punctuation.ts';

/** `shuibao check RUN.yaml` inspects all inputs of a run; `shuibao check FILE…` describes single files. */
export const checkCommand = (language: () => Language): Command =>
  new Command('check')
    .description('检查全部输入，或描述单个文件 / inspect the inputs of a run, or describe files')
    .argument('<files...>', '运行文件或数据文件 a run file, or data files')
    .action(async (files: string[]) => {
      const [first] = files;
      if (files.length === 1 && /^\.ya?ml$/i.test(extname(first!))) {
        const loaded = await loadRunFile(first!);
        const { inspections, findings } = await checkRun(loaded);
        console.log(renderCheckPage(inspections, findings, language()));
        process.exitCode = hasErrors(findings) ? 2 : 0;
        return;
      }
      const described = await describeFiles(files, language());
      for (const { path, line } of described) console.log(path + punctuation[language()].colon + line);
      process.exitCode = described.every(({ sound }) => sound) ? 0 : 2;
    });
