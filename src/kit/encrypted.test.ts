import { eq } from 'drizzle-orm';
import { integer, numeric, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/pglite';
import { expect, expectTypeOf, test } from 'vitest';
import { planZero } from '../emit/zero/plan-zero.ts';
import { ProblemError } from '../report/problem.ts';
import { readSchema, type SchemaRead } from '../read/drizzle/read-schema.ts';
import { encrypted, isEncrypted } from './encrypted.ts';
import { id } from './id.ts';
import { indexOn, uniqueOn } from './index-on.ts';
import { pgTable } from './pg-table.ts';
import type { Ciphertext } from '../model/ciphertext.ts';

const keys = pgTable('keys', { id: id(), secret: encrypted('secret').notNull() }, (t) => [
  isEncrypted(t.secret),
]);
const SEALED = `g1.20260101-0a1b2c3d.${'A'.repeat(48)}` as Ciphertext;
const PLAIN = 'sk-live-plain' as Ciphertext;
// Only builds SQL.
const db = drizzle({} as never);

const read = (exports: Record<string, unknown>): SchemaRead =>
  readSchema({ files: [{ file: '/schema.ts', exports }] });

test('a ciphertext is written, and plain text is refused before it is sent', () => {
  expectTypeOf<(typeof keys.$inferInsert)['secret']>().toEqualTypeOf<Ciphertext>();
  // @ts-expect-error a plain string
  void ({ id: '', secret: 'plain' } satisfies typeof keys.$inferInsert);
  const insert = (secret: Ciphertext): unknown =>
    db.insert(keys).values({ id: 'a', secret }).toSQL().params;
  expect(insert(SEALED)).toEqual(['a', SEALED]);
  const plain: readonly (() => unknown)[] = [
    () => insert(PLAIN),
    () => insert('' as Ciphertext),
    () => insert(7 as never),
    () => db.update(keys).set({ secret: PLAIN }).toSQL(),
    () => db.select().from(keys).where(eq(keys.secret, PLAIN)).toSQL(),
  ];
  for (const write of plain) {
    const error = (() => {
      try {
        return write();
      } catch (thrown) {
        return thrown;
      }
    })();
    if (!(error instanceof ProblemError)) throw new Error('it was not refused');
    expect(error.problem.code).toBe('kit/plain-text');
    expect(JSON.stringify(error.problem)).not.toContain('sk-live');
  }
});

test('the column is in neither the Zero schema nor the publication', () => {
  const { schema, findings } = read({ keys });
  expect(findings).toEqual([]);
  expect(schema.tables[0]?.columns[1]).toMatchObject({
    type: { kind: 'text' },
    serverOnly: true,
    encrypted: 'public.keys.secret',
  });
  const { zero, publication, findings: reported } = planZero(schema, undefined, {});
  expect(reported.filter(({ code }) => code === 'zero/secret-column')).toEqual([]);
  expect(JSON.stringify([zero, publication])).not.toContain('secret');
  expect(JSON.stringify(publication)).toContain('keys');
});

const secret = () => encrypted('secret');
test.each<[string, object, string]>([
  ['no CHECK', pgTable('a', { id: id(), secret: secret() }), 'no CHECK refuses plain text'],
  [
    'a unique constraint',
    pgTable('a', { id: id(), secret: secret() }, (t) => [
      isEncrypted(t.secret),
      uniqueOn(t.secret),
    ]),
    'a_secret_unique compares its values',
  ],
  [
    'an index',
    pgTable('a', { id: id(), secret: secret() }, (t) => [isEncrypted(t.secret), indexOn(t.secret)]),
    'idx_a_secret compares its values',
  ],
  [
    'a default',
    pgTable('a', { id: id(), secret: secret().default(SEALED) }, (t) => [isEncrypted(t.secret)]),
    'it has a default',
  ],
  [
    'a table without a key',
    pgTable('a', { secret: secret() }, (t) => [isEncrypted(t.secret)]),
    'no primary key of uuids, texts or integers',
  ],
  [
    'a key whose text depends on the driver',
    pgTable('a', { id: numeric('id').primaryKey(), secret: secret() }, (t) => [
      isEncrypted(t.secret),
    ]),
    'no primary key of uuids, texts or integers',
  ],
])('%s is refused', (_, table, message) => {
  const { findings, isUnfit } = read({ a: table });
  expect(isUnfit).toBe(true);
  expect(findings).toMatchObject([
    { severity: 'error', code: 'schema/encrypted', object: 'public.a.secret' },
  ]);
  expect(findings[0]?.message).toContain(message);
});

test('a composite key is suitable', () => {
  const table = pgTable(
    'a',
    { owner: uuid('owner').notNull(), at: integer('at').notNull(), secret: secret() },
    (t) => [primaryKey({ columns: [t.owner, t.at] }), isEncrypted(t.secret)],
  );
  expect(read({ a: table }).findings).toEqual([]);
});
