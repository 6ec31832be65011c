import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { judgeMeasurement } from './judge-measurement.ts';
import { printTable } from './print-table.ts';

const rows = [
  judgeMeasurement('s', {
    name: 'newId()',
    value: 100,
    unit: 'ns',
    peer: 2000,
    target: 'at most 1.2',
  }),
  judgeMeasurement('s', { name: 'a longer name', value: 20_000, unit: 'B' }),
  judgeMeasurement('s', {
    name: 'page',
    value: 120_000,
    unit: 'ns',
    reference: { name: 'select 1', value: 60, unit: 'µs' },
    target: 'at most 3 × select 1',
  }),
  judgeMeasurement('s', { name: 'size', value: 6000, unit: 'B', target: 'at most 5 kB' }),
];

test('aligns text to the left and figures to the right', () => {
  expect(printTable(rows, { colour: false })).toBe(
    [
      'name             ours  peer   ratio  reference        multiple  target                holds',
      'newId()        100 ns  2 µs  0.050×  –                       –  at most 1.2           yes',
      'a longer name   20 kB     –       –  –                       –  –                     –',
      'page           120 µs     –       –  select 1: 60 µs        2×  at most 3 × select 1  yes',
      'size             6 kB     –       –  –                       –  at most 5 kB          NO',
    ].join('\n'),
  );
});

test('colours do not change the width', () => {
  const coloured = printTable(rows, { colour: true });
  expect(coloured).toContain('\u001B[32myes');
  expect(coloured).toContain('\u001B[31mNO');
  expect(stripVTControlCharacters(coloured)).toBe(printTable(rows, { colour: false }));
});
