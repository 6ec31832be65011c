import type { Column } from '../model/column.ts';
import type { ColumnType } from '../model/column-type.ts';
import type { Table } from '../model/table.ts';
import { constraintsOf } from './column-constraints.ts';
import { drawValue } from './draw-value.ts';
import { seededRandom, type Random } from './random.ts';
import { literalsIn, type SqlLiterals } from './read-sql.ts';
import { textOfPattern } from './text-of-pattern.ts';

/** Maximum length of candidate texts. */
const LONGEST = 20_000;

/**
 * Candidate values of a column that an SQL condition may accept or reject: its literals
 * and their neighbours, lengths, matches of patterns, and common values.
 */
export function candidateValues(
  table: Table,
  column: Column,
  sql: string,
  seed: number,
): readonly unknown[] {
  const random = seededRandom(seed, table.id, column.name, sql);
  const constraints = constraintsOf(table, column);
  const drawn = [0, 1, 2, 3].map((row) =>
    drawValue(column.type, constraints, { name: column.name, row, random }),
  );
  const values = [...typed(column.type, literalsIn(sql), random), ...drawn];
  return column.notNull ? values : [null, ...values];
}

function typed(type: ColumnType, literals: SqlLiterals, random: Random): readonly unknown[] {
  const { texts, numbers } = literals;
  switch (type.kind) {
    case 'text':
    case 'varchar':
    case 'char':
      return type.values ?? textCandidates(literals, random);
    case 'integer':
      return around(numbers.filter(Number.isInteger)).map((number) =>
        type.as === 'bigint' ? BigInt(number) : number,
      );
    case 'float':
      return [...around(numbers), 0.5, 1e6];
    case 'numeric':
      if (type.as === 'bigint') return around(numbers.filter(Number.isInteger)).map(BigInt);
      return around(numbers).map((number) => (type.as === 'string' ? String(number) : number));
    case 'boolean':
      return [true, false];
    case 'timestamp':
    case 'date':
      return moments(texts).map((moment) => {
        if (type.as === 'date') return moment;
        return moment.toISOString().slice(0, type.kind === 'date' ? 10 : 19);
      });
    case 'json':
      return jsonCandidates(literals);
    case 'enum':
      return type.values;
    case 'array': {
      const items = [...typed(type.of, literals, random), ...drawnItems(type.of, random)];
      const [first] = items;
      const lengths = around(numbers).filter((count) => count >= 0 && count < 200);
      return [
        [],
        ...items.slice(0, 8).map((item) => [item]),
        items.slice(0, 2),
        ...lengths.map((length) => Array.from({ length }, (_, at) => items[at] ?? first)),
        [first, first],
      ];
    }
    case 'uuid':
    case 'other':
      return texts;
  }
}

const drawnItems = (type: ColumnType, random: Random): readonly unknown[] =>
  [0, 1, 2].map((row) => drawValue(type, [], { name: 'item', row, random }));

const PLAIN_TEXTS = ['', ' ', 'a', 'A', 'a b', '0', '-', '{}', '!', 'x'.repeat(300)];

function textCandidates({ texts, numbers }: SqlLiterals, random: Random): readonly string[] {
  const lengths = around(numbers).filter((length) => length >= 0 && length <= LONGEST);
  return [
    ...texts,
    ...texts.map((text) => text.replaceAll('%', 'a').replaceAll('_', 'b')),
    ...texts.flatMap((text) => textOfPattern(text, random) ?? []),
    ...texts.flatMap((text) => textOfPattern(text, random, 0) ?? []),
    ...texts.map((text) => `${text}!`),
    ...lengths.map((length) => 'x'.repeat(length)),
    ...PLAIN_TEXTS,
  ];
}

function around(numbers: readonly number[]): readonly number[] {
  return [...new Set([...numbers.flatMap((one) => [one, one + 1, one - 1]), 0, 1, -1, 2, 10])];
}

function moments(texts: readonly string[]): readonly Date[] {
  const written = texts.map((text) => new Date(text)).filter((date) => !Number.isNaN(+date));
  const near = written.flatMap((date) => [-86_400_000, 0, 86_400_000].map((by) => +date + by));
  const years = [1999, 2025, 2027, 2200].map((year) => Date.UTC(year, 5, 1));
  return [...near, ...years].map((time) => new Date(time));
}

function jsonCandidates({ texts, numbers }: SqlLiterals): readonly unknown[] {
  const entries = texts.flatMap((key) => [{ [key]: 'x' }, { [key]: 1 }, { [key]: {} }]);
  const every = (value: unknown): unknown => Object.fromEntries(texts.map((key) => [key, value]));
  return [
    {},
    [],
    ...entries,
    every('x'),
    every(1),
    ...texts,
    'x',
    1,
    true,
    ...numbers,
    ['x'],
    [{}],
  ];
}
