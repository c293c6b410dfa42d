import { Command } from 'commander';
import type { Language, Text } from '../../pipeline/messages/text.ts';
import type { SweepReport } from '../../pipeline/store/sweep.ts';
import { collectGarbage } from '../../workers/owner/collect-garbage.ts';
import { countArgument, workspaceOption } from '../runs-access.ts';
import { padded } from '../text-columns.ts';

const names = {
  objects: { zh: '数据', en: 'contents' },
  records: { zh: '记录', en: 'records' },
  tasks: { zh: '任务说明', en: 'task descriptions' },
  temporary: { zh: '临时文件', en: 'temporary files' },
};

/** `shuibao gc` removes from the store what no run of the workspace needs any more; `--dry-run` only says what that is. */
export const gcCommand = (language: () => Language): Command =>
  new Command('gc')
    .description('清理不再需要的中间数据 / remove what no run needs any more')
    .option('--dry-run', '只报告，不删除 only report')
    .option('--older-than <hours>', '只清理早于若干小时的数据 only what is older', countArgument, 24)
    .addOption(workspaceOption())
    .action(async (options: { dryRun?: boolean; olderThan: number; workspace: string }) => {
      const dryRun = options.dryRun ?? false;
      const graceMilliseconds = options.olderThan * 3_600_000;
      const report = await collectGarbage(options.workspace, { dryRun, graceMilliseconds });
      console.log(garbagePage(report, dryRun, language()));
      if (options.olderThan > 0) console.log(youngerStays(options.olderThan)[language()]);
    });

const youngerStays = (hours: number): Text => ({
  zh: `${hours} 小时以内的数据一律保留（--older-than）。`,
  en: `Whatever is younger than ${hours} h stays (--older-than).`,
});

function garbagePage(report: SweepReport, dryRun: boolean, language: Language): string {
  const zh = language === 'zh';
  const removed = dryRun ? (zh ? '可清理' : 'can go') : zh ? '已清理' : 'removed';
  const heads = ['', zh ? '保留' : 'kept', 'MB', removed, 'MB'];
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const rows = (Object.keys(names) as (keyof SweepReport)[]).map((part) => {
    const count = report[part];
    return [
      names[part][language],
      String(count.kept),
      megabytes(count.keptBytes),
      String(count.removed),
      megabytes(count.removedBytes),
    ];
  });
  return padded([heads, ...rows]);
}
