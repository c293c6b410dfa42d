import { type Command, Help } from 'commander';
import type { Language } from '../pipeline/messages/text.ts';

type Speak = (...parts: string[]) => string;

/** The argument parser's own messages, and what they are in Chinese. */
const messages: readonly (readonly [RegExp, Speak])[] = [
  [/^required option '(.+)' not specified$/, (option) => `缺少选项 ${option}`],
  [/^missing required argument '(.+)'$/, (name) => `缺少参数 <${name}>`],
  [/^option '(.+)' argument missing$/, (option) => `选项 ${option} 后缺少值`],
  [
    /^option '(.+)' (?:argument|value) '(.*)'(?: from env '.+')? is invalid\.\s*(.*)$/s,
    (option, value, why) => `选项 ${option} 的值“${value}”无效；${why}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.+)'\.\s*(.*)$/s,
    (value, name, why) => `参数 <${name}> 的值“${value}”无效；${why}`,
  ],
  [
    /^unknown option '(.+?)'(?:\n\(Did you mean (?:one of )?(.+)\?\))?$/,
    (option, near) => `没有选项 ${option}${meant(near)}`,
  ],
  [
    /^unknown command '(.+?)'(?:\n\(Did you mean (?:one of )?(.+)\?\))?$/,
    (name, near) => `没有命令 ${name}${meant(near)}`,
  ],
  [
    /^too many arguments.*Expected (\d+) arguments? but got (\d+)/,
    (wanted, got) => `参数过多：应有 ${wanted} 个，给出 ${got} 个`,
  ],
];

const meant = (near: string | undefined): string => (near ? `；是否指 ${near}？` : '；shuibao --help 列出全部');

const choices = /Allowed choices are (.+)\.$/s;

/** A message of the argument parser in one language; what this program adds to them has both, divided by ` / `. */
export function parserMessage(text: string, language: Language): string {
  const plain = text.trim().replace(/^error: /, '');
  if (language === 'en') return `error: ${half(plain, language)}`;
  const chosen = half(plain, language).replace(choices, (_, list: string) => `可选：${list.replaceAll(', ', '、')}`);
  for (const [pattern, speak] of messages) {
    const found = pattern.exec(chosen);
    if (found) return speak(...found.slice(1));
  }
  return chosen;
}

/** The half of a text in two languages, with what comes before it. */
function half(text: string, language: Language): string {
  const divided = /^(.*?[.\n]\s+)?([^\n]*[\u3000-\u9fff][^\n]*?) \/ ([^\n]+)$/s.exec(text);
  if (!divided) return text;
  const [, before = '', zh, en] = divided;
  return before + (language === 'zh' ? zh : en);
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Commands:': '命令：',
};

class ChineseHelp extends Help {
  override optionDescription(option: Parameters<Help['optionDescription']>[0]): string {
    return super
      .optionDescription(option)
      .replace(/\((choices|default|env): (.*)\)$/, (_, first: string, rest: string) => `（${first}: ${rest}）`)
      .replace(/\bchoices: /, '可选 ')
      .replace(/\bdefault: /, '默认 ')
      .replace(/\benv: /, '环境变量 ');
  }

  override styleTitle(title: string): string {
    return titles[title] ?? title;
  }
}

/**
 * Lets a command and those below it speak the user's language where the argument parser speaks for them, and end by an
 * exception where it would end the process.
 */
export function spoken(command: Command, language: () => Language): Command {
  for (const each of command.commands) spoken(each, language);
  const isChinese = language() === 'zh';
  if (command.commands.length > 0)
    command.helpCommand('help [command]', isChinese ? '显示命令的帮助' : 'show help for a command');
  return command
    .exitOverride()
    .helpOption('-h, --help', isChinese ? '显示帮助' : 'show this help')
    .configureOutput({ outputError: (text, write) => write(`${parserMessage(text, language())}\n`) })
    .configureHelp(isChinese ? chineseHelp() : englishHelp());
}

function chineseHelp(): Pick<Help, 'optionDescription' | 'styleTitle'> {
  const help = new ChineseHelp();
  return {
    optionDescription: (option) => help.optionDescription(option),
    styleTitle: (title) => help.styleTitle(title),
  };
}

/** What English readers need of a description in two languages: what stands behind its last Chinese character, if anything. */
function englishPart(text: string): string {
  const english =
    /^.*[\u3000-\u9fff\uff00-\uffef](?: \/ | )?([^\u3000-\u9fff\uff00-\uffef]+)$/s.exec(text)?.[1] ?? text;
  return english.trim();
}

function englishHelp(): Pick<
  Help,
  'argumentDescription' | 'commandDescription' | 'optionDescription' | 'subcommandDescription'
> {
  const help = new Help();
  return {
    argumentDescription: (argument) => englishPart(help.argumentDescription(argument)),
    commandDescription: (command) => englishPart(help.commandDescription(command)),
    optionDescription: (option) => {
      const { description } = option;
      return help.optionDescription(option).replace(description, () => englishPart(description));
    },
    subcommandDescription: (command) => englishPart(help.subcommandDescription(command)),
  };
}
