import { expect, test } from 'vitest';
import { findingLine } from '../../../pipeline/messages/finding.ts';
import { userError } from '../../../pipeline/messages/user-error.ts';

test('a message is one line of bounded length, whatever a file says', () => {
  const hostile = `a\r\nb\u001b[2Jc\u2028d\u0000\u009be${'扰'.repeat(1e6)}`;
  const { finding } = userError('any', hostile, { zh: hostile, en: hostile }, { zh: '', en: '' });
  for (const language of ['zh', 'en'] as const) {
    const line = findingLine(finding, language);
    expect(line).toMatch(/^a b \[2Jc d e扰/);
    expect(line).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(line.length).toBeLessThan(2100);
  }
});

test('an ordinary message stays as it is', () => {
  const { finding } = userError('any', '高程.tif', { zh: '文件不存在', en: 'is not there' }, { zh: '', en: '' });
  expect(findingLine(finding, 'zh')).toBe('高程.tif：文件不存在');
});
