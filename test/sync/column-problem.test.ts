import { getTableColumns, type Column } from 'drizzle-orm';
import {
  bigint,
  date,
  doublePrecision,
  integer,
  numeric,
  pgEnum,
  real,
  smallint,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import { columnProblem } from '../../src/model/values/column-problem.ts';
import {
  atLeast,
  between,
  id,
  instant,
  matches,
  notBlank,
  oneOf,
  pgTable,
  printable,
} from '../../src/kit/index.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';
import { insertSchema } from '../../src/zod/index.ts';

const mood = pgEnum('mood', ['glad', 'sad']);

const things = pgTable(
  'things',
  {
    id: id(),
    other: uuid('other'),
    plain: text('plain'),
    words: text('words', { enum: ['a', 'b'] }),
    named: text('named'),
    code: text('code'),
    short: varchar('short', { length: 3 }),
    title: varchar('title', { length: 5 }),
    mood: mood('mood'),
    small: smallint('small'),
    whole: integer('whole'),
    big: bigint('big', { mode: 'number' }),
    percent: integer('percent'),
    rough: real('rough'),
    roughPositive: real('rough_positive'),
    exact: doublePrecision('exact'),
    price: numeric('price', { precision: 5, scale: 2, mode: 'number' }),
    rate: numeric('rate', { precision: 4, scale: 1, mode: 'number' }),
    moment: instant('moment'),
    local: timestamp('local'),
    day: date('day', { mode: 'date' }),
  },
  (t) => [
    oneOf(t.words),
    printable(t.named, { max: 4 }),
    matches(t.code, /^[a-z]+-[0-9]+$/, { max: 6 }),
    notBlank(t.title),
    between(t.percent, 0, 100),
    atLeast(t.roughPositive, 0.1),
    between(t.rate, 0.5, 99.5),
  ],
);

const { schema, findings } = readSchema({ files: [{ file: '/s.ts', exports: { things, mood } }] });
const checks = planZero(schema, undefined).checks['things'] ?? {};
const zod = insertSchema(things).shape as Record<string, { safeParse(value: unknown): Judged }>;

type Judged = { success: true } | { success: false; error: { issues: { message: string }[] } };

const isMoment = ({ dataType }: Column): boolean => dataType === 'date';

const texts = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'c',
    'glad',
    '',
    ' ',
    'ab   ',
    'abcd',
    'ab-12',
    'a\u200b',
    '\t',
    '😀😀😀',
  ),
  fc.constantFrom('0198b5a3-0000-7000-8000-000000000001', '0198b5a3', '{}', 'a\nb', '\u0085'),
  fc
    .string({ unit: 'binary', maxLength: 7 })
    .filter((one) => one.isWellFormed() && !one.includes('\0')),
  fc.uuid(),
);
const numbers = fc.oneof(
  fc.constantFrom(0, 0.5, 1, 100, 101, 99.5, 99.55, 99.56, 999.99, 999.995, 1000, 0.1, 0.09, 1e-50),
  fc.constantFrom(
    32_767,
    32_768,
    -32_769,
    2 ** 31 - 1,
    2 ** 31,
    2 ** 53 - 1,
    2 ** 53,
    1e39,
    -1e308,
  ),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const moments = fc.oneof(
  fc.constantFrom(Date.parse('0001-01-01T00:00Z'), Date.parse('0001-01-01T00:00Z') - 1, 0),
  fc.constantFrom(
    Date.parse('9999-12-31T23:59:59.999Z'),
    Date.parse('9999-12-31T23:59:59.999Z') + 1,
  ),
  fc.integer({ min: -8.64e15, max: 8.64e15 }),
);

const columns = Object.entries(getTableColumns(things) as Record<string, Column>);

test('the schema is read without findings, and each column with limits has a check', () => {
  expect(findings).toEqual([]);
  expect(columns.map(([key]) => key).filter((key) => !(key in checks))).toEqual(['plain', 'exact']);
});

describe('a client refuses the values that the Zod schema refuses, with the same message', () => {
  test.each(columns.filter(([key]) => key in checks))('%s', (key, column) => {
    const problem = columnProblem(checks[key] ?? { type: { kind: 'boolean' } });
    const values = isMoment(column) ? moments : column.dataType === 'number' ? numbers : texts;
    fc.assert(
      fc.property(values as fc.Arbitrary<unknown>, (value) => {
        const judged = zod[key]?.safeParse(isMoment(column) ? new Date(value as number) : value);
        const expected = judged?.success === false ? judged.error.issues[0]?.message : undefined;
        expect(problem(value)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

test('a key in another spelling is another row on the client, and is refused', () => {
  const problem = columnProblem({ type: { kind: 'uuid' } });
  expect(problem('0198B5A3-0000-7000-8000-000000000001')).toBe('must be a uuid');
});
