import { describe, expect, test } from 'vitest';
import type { Machine } from './describe-machine.ts';
import { judgeMeasurement } from './judge-measurement.ts';
import { mergeReport, type SuiteResult } from './merge-report.ts';

const machine = (cpu: string): Machine => ({
  cpu,
  cores: 2,
  memoryBytes: 2 ** 33,
  os: 'Linux 6',
  node: 'v24.0.0',
  load: 0.5,
  date: '2026-01-02 03:04 UTC',
});

const result = (name: string, value: number): SuiteResult => ({
  name,
  summary: `what ${name} measures`,
  rows: [judgeMeasurement(name, { name: 'a | b', value, unit: 'ns', peer: 100 })],
});

describe('mergeReport', () => {
  test('a section has its machine and its table', () => {
    expect(mergeReport('', machine('Old'), [result('ids', 50)])).toContain(
      [
        '## ids',
        '',
        'what ids measures. Measured on Old, 2 cores, 8 GiB, Linux 6, Node v24.0.0, load 0.50, 2026-01-02 03:04 UTC.',
        '',
        '| name | ours | peer | ratio | reference | multiple | target | holds |',
        '| :-- | --: | --: | --: | :-- | --: | :-- | :-- |',
        '| a \\| b | 50 ns | 100 ns | 0.500× | – | – | – | – |',
      ].join('\n'),
    );
  });

  test('a suite replaces only its own section', () => {
    const old = mergeReport('', machine('Old'), [result('sync', 1), result('ids', 2)]);
    const merged = mergeReport(old, machine('New'), [result('sync', 3)]);
    expect(merged.indexOf('## ids')).toBeLessThan(merged.indexOf('## sync'));
    expect(merged).toContain('2 ns');
    expect(merged).toContain('3 ns');
    expect(merged).not.toContain('| 1 ns');
    expect(merged.match(/Measured on Old/g)).toHaveLength(1);
    expect(merged.match(/Measured on New/g)).toHaveLength(1);
  });

  test('writing the same results again changes nothing', () => {
    const once = mergeReport('', machine('Old'), [result('ids', 2), result('sync', 1)]);
    expect(mergeReport(once, machine('Old'), [result('ids', 2)])).toBe(once);
  });
});
