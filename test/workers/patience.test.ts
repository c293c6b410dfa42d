import { describe, expect, it } from 'vitest';
import { isPassing, patiently } from '../../workers/patience.ts';

const failing = (code: string) => Object.assign(new Error('x'), { code });

describe('patience with servers', () => {
  it('tells a server that is away from one that objects', () => {
    expect(isPassing(failing('ECONNREFUSED'))).toBe(true);
    expect(isPassing(failing('57P01'))).toBe(true);
    expect(isPassing(new Error('Connection terminated unexpectedly'))).toBe(true);
    expect(isPassing(new AggregateError([failing('ECONNREFUSED'), failing('ECONNREFUSED')]))).toBe(true);
    expect(isPassing(new AggregateError([failing('ECONNREFUSED'), failing('42P01')]))).toBe(false);
    expect(isPassing(failing('42P01'))).toBe(false);
    expect(isPassing(new Error('no such column'))).toBe(false);
  });

  it('tries again while the server is away, not otherwise, and not for ever', async () => {
    let calls = 0;
    const away = async () => {
      if (++calls < 3) throw failing('ECONNRESET');
      return 'back';
    };
    expect(await patiently(away)).toBe('back');
    calls = 0;
    const objecting = async () => {
      calls += 1;
      throw failing('42P01');
    };
    await expect(patiently(objecting)).rejects.toThrow('x');
    expect(calls).toBe(1);
    await expect(patiently(() => Promise.reject(failing('ECONNRESET')), 0)).rejects.toThrow('x');
  });
});
