import type { PGlite } from '@electric-sql/pglite';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import {
  bigint,
  boolean,
  char,
  date,
  doublePrecision,
  integer,
  json,
  jsonb,
  numeric,
  real,
  smallint,
  text,
  timestamp,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { atLeast, between, id, newId, notBlank, pgTable } from '../../src/kit/index.ts';
import { insertSchema } from '../../src/zod/index.ts';
import { hostileDate, hostileNumber, hostileText } from './hostile-values.ts';

/** Every column type that the validators support, in a custom table. */
const everything = pgTable(
  'everything',
  {
    id: id(),
    text: text('text'),
    varchar: varchar('varchar', { length: 5 }),
    unbounded: varchar('unbounded'),
    char: char('char', { length: 3 }),
    smallint: smallint('smallint'),
    integer: integer('integer'),
    bounded: integer('bounded'),
    bigintNumber: bigint('bigint_number', { mode: 'number' }),
    bigint: bigint('bigint', { mode: 'bigint' }),
    real: real('real'),
    double: doublePrecision('double'),
    numeric: numeric('numeric', { precision: 5, scale: 2 }),
    numericWide: numeric('numeric_wide'),
    numericNumber: numeric('numeric_number', { precision: 4, scale: 1, mode: 'number' }),
    boolean: boolean('boolean'),
    timestamp: timestamp('timestamp'),
    timestampText: timestamp('timestamp_text', { mode: 'string', withTimezone: true }),
    date: date('date', { mode: 'date' }),
    dateText: date('date_text'),
    json: json('json'),
    jsonb: jsonb('jsonb'),
    uuids: uuid('uuids').array(),
    words: text('words').array(),
    grid: integer('grid').array().array(),
  },
  (t) => [between(t.bounded, -3, 7), atLeast(t.real, 0), notBlank(t.unbounded)],
);

let client: PGlite;
let db: PgliteDatabase;
beforeAll(async () => {
  client = await blankPostgres();
  const statements = await generateMigration(
    generateDrizzleJson({}),
    generateDrizzleJson({ everything }),
  );
  await client.exec(statements.join('\n'));
  db = drizzle(client);
});
afterAll(() => client.close());

type Key = Exclude<keyof typeof everything.$inferInsert, 'id'>;

interface Case {
  readonly values: fc.Arbitrary<unknown>;
  /**
   * Values that the schema refuses although Postgres accepts them, because they would be read back
   * changed.
   */
  readonly narrower?: (value: unknown) => boolean;
}

const twoDigits = fc.integer({ min: 0, max: 32 }).map((n) => String(n).padStart(2, '0'));
const dateText = fc
  .tuple(
    fc.constantFrom('2024', '2023', '1900', '2000', '0001', '0000', '9999'),
    twoDigits,
    twoDigits,
  )
  .map((parts) => parts.join('-'));
const clock = fc.constantFrom(
  'T00:00',
  'T23:59:59',
  ' 12:34:56.789',
  'T12:34:56.123456Z',
  'T24:01',
  'T12:60',
  '',
);
const offset = fc.constantFrom('', 'Z', '+00', '-05:30', '+14:00', '+1', '+99');

const decimals = fc.oneof(
  fc.constantFrom(
    '0',
    '-0',
    '999.99',
    '999.994',
    '999.995',
    '1000',
    '-999.995',
    '.5',
    '5.',
    '.',
    '',
  ),
  fc.constantFrom(
    '1e2',
    '1e3',
    '9.999e2',
    '1e-30',
    '99999e-2',
    'NaN',
    'Infinity',
    '1_0',
    '+7',
    '0x1',
    ' 1',
  ),
  fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.nat(9999)).map(([a, b]) => `${a}.${b}`),
);
const jsonLike = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    'a\0b',
    { 'k\0': 1 },
    ['\ud800'],
    { deep: [{ x: '\udfff' }] },
    [],
    {},
    'x',
    0,
    false,
  ),
);
/** Accepted and refused values, both frequent enough to occur in every run. */
function oftenEach<T>(wide: fc.Arbitrary<T>, narrow: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 2, arbitrary: wide }, { weight: 1, arbitrary: narrow });
}

const isSpecialNumber = (value: unknown): boolean => !Number.isFinite(value);
const wholeNumbers = fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n });

const cases: Record<Key, Case> = {
  text: { values: oftenEach(hostileText, fc.constantFrom('a\0', '\0')) },
  varchar: {
    values: fc.oneof(
      hostileText,
      fc.constantFrom('12345', '123456', '12345   ', '1 2 3 4', '😀😀😀😀😀', '😀😀😀😀😀😀'),
    ),
  },
  unbounded: { values: oftenEach(hostileText, fc.constantFrom('\0', ' ', '\u2003')) },
  char: {
    values: fc.oneof(hostileText, fc.constantFrom('', 'a', 'abc', 'abcd', 'abc  ', 'äöü', '   a')),
  },
  smallint: { values: hostileNumber },
  integer: { values: hostileNumber },
  bounded: { values: fc.oneof(hostileNumber, fc.integer({ min: -5, max: 9 })) },
  bigintNumber: { values: hostileNumber, narrower: (value) => !Number.isSafeInteger(value) },
  bigint: {
    values: fc.oneof(wholeNumbers, fc.constantFrom(2n ** 63n, 2n ** 63n - 1n, -(2n ** 63n))),
  },
  // Postgres accepts NaN and infinity as numbers, but JSON, and therefore sync, does not
  // support them.
  real: { values: hostileNumber, narrower: isSpecialNumber },
  double: { values: hostileNumber, narrower: isSpecialNumber },
  numeric: { values: decimals, narrower: (value) => /nan|inf|_|x|^ /i.test(String(value)) },
  numericWide: { values: decimals, narrower: (value) => /nan|inf|_|x|^ /i.test(String(value)) },
  numericNumber: { values: hostileNumber, narrower: isSpecialNumber },
  boolean: { values: fc.boolean() },
  timestamp: { values: hostileDate },
  timestampText: {
    values: oftenEach(
      fc.tuple(dateText, clock, offset).map((parts) => parts.join('')),
      fc.constantFrom('2024-02-29T12:00Z', '0001-01-01 00:00:00+00', '9999-12-31T23:59:59.999Z'),
    ),
    // Postgres accepts these too, but not every client does.
    narrower: (value) => !/^[\d-]{10}[T ][\d:.]+(Z|[+-]\d\d(:\d\d)?)?$/.test(String(value)),
  },
  date: { values: hostileDate },
  dateText: { values: oftenEach(dateText, fc.constantFrom('2024-02-29', '2023-02-29')) },
  json: {
    values: oftenEach<unknown>(jsonLike, fc.constantFrom('\0', { a: '\ud800' })),
    narrower: (value) => /\\u0000|\\ud/.test(JSON.stringify(value)),
  },
  jsonb: { values: oftenEach<unknown>(jsonLike, fc.constantFrom('\0', { a: '\ud800' })) },
  uuids: {
    values: fc.array(fc.oneof(fc.uuid(), fc.constantFrom('x', newId().toUpperCase())), {
      maxLength: 3,
    }),
  },
  words: {
    values: fc.oneof(
      fc.array(hostileText, { maxLength: 3 }),
      fc.constantFrom(['a', 'b\0'], ['"', '\\', 'NULL']),
    ),
  },
  grid: {
    values: fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 2 }), { maxLength: 3 }),
    // [[]] is read back as [].
    narrower: (value) => (value as unknown[][]).some((inner) => inner.length === 0),
  },
};

const schema = insertSchema(everything);

/** Async, so that an error in Drizzle's mapping counts as a refusal too. */
const insert = async (row: typeof everything.$inferInsert): Promise<unknown> =>
  db.insert(everything).values(row);

test.each(Object.keys(cases) as Key[])('%s', async (key) => {
  const { values, narrower } = cases[key];
  const verdicts = { accepted: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const row = { id: newId(), [key]: value };
      const accepted = schema.safeParse(row).success;
      const stored = await insert(row).then(
        () => true,
        () => false,
      );
      verdicts[accepted ? 'accepted' : 'refused'] += 1;
      if (narrower?.(value)) expect(accepted && !stored).toBe(false);
      else expect({ accepted }).toEqual({ accepted: stored });
    }),
    { numRuns: 150, ignoreEqualValues: true },
  );
  // Equal values count once, and few of them are a smallint.
  expect(verdicts.accepted).toBeGreaterThan(key === 'boolean' ? 1 : 3);
  if (key !== 'boolean') expect(verdicts.refused).toBeGreaterThan(0);
});
