#!/usr/bin/env node
/** Generates the sample region: `node dist/data-samples/generate.js [--size 2000] [--seed N] [--out data-samples/region]`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findingLine } from '../pipeline/messages/finding.ts';
import { languageFromEnvironment } from '../pipeline/messages/text.ts';
import { UserError } from '../pipeline/messages/user-error.ts';
import { defaultSeed, defaultSize, generateRegion } from './generate-region.ts';

const language = languageFromEnvironment(process.env);
const say = (zh: string, en: string): void => console.log(language === 'zh' ? zh : en);

try {
  const { values } = parseArgs({
    options: {
      size: { type: 'string', default: String(defaultSize) },
      seed: { type: 'string', default: String(defaultSeed) },
      out: { type: 'string', default: 'data-samples/region' },
      digests: { type: 'boolean', default: false },
    },
  });
  const started = performance.now();
  const { stamp, generated } = await generateRegion(resolve(values.out), Number(values.size), Number(values.seed));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const count = Object.keys(stamp.files).length;
  if (values.digests) console.log(JSON.stringify(stamp.files, null, 2));
  else if (generated)
    say(
      `样例区已生成：${values.out}，${count} 个文件，${seconds} 秒`,
      `made ${values.out}: ${count} files in ${seconds} s`,
    );
  else say(`样例区已存在：${values.out}`, `${values.out} is already there`);
} catch (error) {
  const isInput = error instanceof RangeError || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
  if (!isInput && !(error instanceof UserError)) throw error;
  console.error(error instanceof UserError ? findingLine(error.finding, language) : (error as Error).message);
  process.exitCode = 2;
}
