import { afterEach, expect, test } from 'vitest';
import { localTime } from '../../../pipeline/messages/local-time.ts';

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

test('times are those of the clock on the wall', () => {
  process.env.TZ = 'Asia/Shanghai';
  expect(localTime('2026-11-26T18:05:09.123Z')).toBe('2026-11-27 02:05:09');
  process.env.TZ = 'UTC';
  expect(localTime('2026-11-26T18:05:09.123Z')).toBe('2026-11-26 18:05:09');
  expect(localTime('?')).toBe('?');
});
