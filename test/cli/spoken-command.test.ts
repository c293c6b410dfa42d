import { Command, InvalidArgumentError, Option } from 'commander';
import { expect, test } from 'vitest';
import { spoken } from '../../cli/spoken-command.ts';
import type { Language } from '../../pipeline/messages/text.ts';

function said(language: Language, ...args: string[]): string {
  let text = '';
  const number = (given: string): number => {
    if (/^\d+$/.test(given)) return Number(given);
    throw new InvalidArgumentError('应为正整数 / expected a whole number');
  };
  const run = new Command('run')
    .argument('<file>', '文件 file')
    .argument('[count]', '个数 count', number)
    .requiredOption('--batch <name>', '批次 batch')
    .option('--workers <n>', '进程数 processes', number)
    .option('--all', '只有中文')
    .description('运行说明 / what it does')
    .addOption(new Option('--level <level>', '级别 level').choices(['部', '省']).default('部').env('LEVEL_OF_TEST'))
    .action((_file, _count, _options, command: Command) => command.error('二者取一 / one of both'));
  const program = spoken(new Command('shuibao').addCommand(run), () => language);
  for (const command of [program, run])
    command.configureOutput({
      writeErr: (part) => {
        text += part;
      },
      writeOut: (part) => {
        text += part;
      },
    });
  expect(() => program.parse(args, { from: 'user' })).toThrow();
  return text.trim();
}

test.each([
  [['runn'], '没有命令 runn；是否指 run？', "error: unknown command 'runn'\n(Did you mean run?)"],
  [['run', '--batch', 'x'], '缺少参数 <file>', "error: missing required argument 'file'"],
  [['run', 'f'], '缺少选项 --batch <name>', "error: required option '--batch <name>' not specified"],
  [['run', 'f', '--batch'], '选项 --batch <name> 后缺少值', "error: option '--batch <name>' argument missing"],
  [
    ['run', 'f', '--batch', 'x', '--nothing'],
    '没有选项 --nothing；shuibao --help 列出全部',
    "error: unknown option '--nothing'",
  ],
  [
    ['run', 'f', '--workers', 'a / b'],
    '选项 --workers <n> 的值“a / b”无效；应为正整数',
    "error: option '--workers <n>' argument 'a / b' is invalid. expected a whole number",
  ],
  [
    ['run', '文 件', '个', '--batch', 'x'],
    '参数 <count> 的值“个”无效；应为正整数',
    "error: command-argument value '个' is invalid for argument 'count'. expected a whole number",
  ],
  [
    ['run', 'f', '--level', '国'],
    '选项 --level <level> 的值“国”无效；可选：部、省',
    "error: option '--level <level>' argument '国' is invalid. Allowed choices are 部, 省.",
  ],
  [
    ['run', 'f', '1', '2', '--batch', 'x'],
    '参数过多：应有 2 个，给出 3 个',
    expect.stringMatching(/^error: too many arguments/),
  ],
  [['run', 'f', '--batch', 'x'], '二者取一', 'error: one of both'],
])('what is wrong with %j is said in the user’s language alone', (args, zh, en) => {
  expect(said('zh', ...args)).toEqual(zh);
  expect(said('en', ...args)).toEqual(en);
});

test('help has its headings in the user’s language', () => {
  const zh = said('zh', 'run', '--help');
  for (const word of ['用法：', '参数：', '选项：', '显示帮助', '可选 "部", "省", 默认 "部", 环境变量 LEVEL_OF_TEST'])
    expect(zh).toContain(word);
  expect(zh).not.toMatch(/Usage|Options|display help|choices|default/);
  const en = said('en', 'run', '--help');
  expect(en).toMatch(/^Usage: .*show this help/s);
  for (const line of ['file ', 'count ', '--batch <name>   batch', 'level (choices: "部", "省", default: "部"'])
    expect(en).toContain(line);
  expect(en).not.toMatch(/文件|个数|批次|进程|级别|说明/);
  expect(en).toContain('--all            只有中文');
});
