import { describe, expect, it } from 'vitest';
import { metricsText } from '../../workers/metrics.ts';

describe('figures for Prometheus', () => {
  it('carry help, type and escaped labels, one figure a line', () => {
    const text = metricsText([
      { name: 'a_total', help: 'All\nof it.', type: 'counter', values: [{ value: 3 }] },
      { name: 'b', help: 'B.', type: 'gauge', values: [{ labels: { x: 'q"\\\n', y: 'z' }, value: 0.5 }] },
    ]);
    expect(text).toBe(
      '# HELP a_total All\\nof it.\n# TYPE a_total counter\na_total 3\n' +
        '# HELP b B.\n# TYPE b gauge\nb{x="q\\"\\\\\\n",y="z"} 0.5\n',
    );
  });
});
