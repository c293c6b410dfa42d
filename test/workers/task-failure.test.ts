import { describe, expect, it } from 'vitest';
import { userError } from '../../pipeline/messages/user-error.ts';
import { failureError, failureReason } from '../../workers/task-failure.ts';

describe('the reason of a failure', () => {
  it('keeps a finding and ends the attempts', () => {
    const error = userError('crs-missing', 'dem.tif', { zh: '缺坐标系', en: 'no CRS' });
    const report = failureError(error);
    expect(report.name).toBe('UnrecoverableError');
    expect(failureReason(report.message, 't').finding).toEqual(error.finding);
    expect(failureReason(report.message, 't').message).toBe('dem.tif: no CRS');
  });

  it('lets other errors be tried again unless they say otherwise', () => {
    const report = failureError(new Error('hiccup'));
    expect(report.name).toBe('Error');
    const reason = failureReason(report.message, 't');
    expect(reason.message).toBe('hiccup');
    expect(reason.stack).toContain('hiccup');
    expect(failureError(Object.assign(new Error('x'), { retryable: false })).name).toBe('UnrecoverableError');
    expect(failureReason(failureError('a text').message, 't').message).toBe('a text');
  });

  it('tells of a process that died', () => {
    const reason = failureReason('Unexpected exit code: null signal: SIGKILL', 'erosion/x000_y001');
    expect(reason.finding).toMatchObject({ code: 'task-process-died', file: 'erosion/x000_y001' });
    expect(reason.message).toContain('SIGKILL');
    const files = ['a.tif', 'b.tif', 'c.tif', 'd.tif'];
    const named = failureReason('Unexpected exit code: 134 signal: null', 'elevation/x000_y001', files).finding!;
    expect(named.file).toBe('a.tif, b.tif, c.tif …');
    expect(named.found.en).toBe('the process computing elevation/x000_y001 died (exit code 134)');
  });

  it('passes any other text on', () => {
    expect(failureReason('job stalled', 't')).toEqual({ message: 'job stalled' });
    expect(failureReason(undefined, 't').message).toBe('unknown failure');
  });
});
