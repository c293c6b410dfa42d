import { describe, expect, it } from 'vitest';
import { queueSetting } from '../../workers/queue-backend.ts';

describe('the setting of the queue', () => {
  it('is embedded unless the environment names a server', () => {
    expect(queueSetting({})).toEqual({ kind: 'embedded' });
    expect(queueSetting({ REDIS_URL: '' })).toEqual({ kind: 'embedded' });
    expect(queueSetting({ REDIS_URL: 'redis://h:1' })).toEqual({ kind: 'redis', url: 'redis://h:1' });
    expect(queueSetting({ QUEUE_URL: 'valkey://h' })).toEqual({ kind: 'redis', url: 'redis://h' });
    expect(queueSetting({ QUEUE_URL: 'postgres://h/d', REDIS_URL: 'redis://h' }).kind).toBe('postgres');
    expect(queueSetting({ REDIS_URL: 'rediss://h', REDIS_CA: '/ca.pem' })).toEqual({
      kind: 'redis',
      url: 'rediss://h',
      authorityFile: '/ca.pem',
    });
    expect(() => queueSetting({ QUEUE_URL: 'amqp://u:p@h' })).toThrow(/^amqp:\/\/u:\*\*\*@h: .*QUEUE_URL/);
  });
});
