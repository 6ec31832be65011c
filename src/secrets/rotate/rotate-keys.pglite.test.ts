import type { PGlite } from '@electric-sql/pglite';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { eq } from 'drizzle-orm';
import { integer, pgSchema, primaryKey, text } from 'drizzle-orm/pg-core';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { encrypted, id, isEncrypted, newId, pgTable } from '../../kit/index.ts';
import type { Ciphertext } from '../../model/ciphertext.ts';
import { readSchema } from '../../read/drizzle/read-schema.ts';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';
import { columnCipher } from '../column-cipher.ts';
import type { KeyRing } from '../key-ring.ts';
import { newEntries, ringOf } from '../new-ring.fixture.ts';
import { encryptedColumns } from './encrypted-columns.ts';
import { readPage } from './read-page.ts';
import { rotateKeys, type RotatedColumn } from './rotate-keys.ts';
import { usesOfKeys } from './uses-of-keys.ts';
import { writePage } from './write-page.ts';

const keys = pgTable('keys', { id: id(), secret: encrypted('secret') }, (t) => [
  isEncrypted(t.secret),
]);
const vault = pgSchema('The vault');
const pairs = vault.table(
  'pairs',
  { name: text('Na me').notNull(), at: integer('at').notNull(), one: encrypted('O ne') },
  (t) => [primaryKey({ columns: [t.name, t.at] }), isEncrypted(t.one)],
);
const exports = { vault, keys, pairs };
const { schema } = readSchema({ files: [{ file: '/schema.ts', exports }] });
const columns = encryptedColumns(schema);
const ofKeys = columns.find(({ table }) => table === 'keys');

let client: PGlite;
let db: PgliteDatabase;
let [old, both]: KeyRing[] = [];
beforeAll(async () => {
  client = await blankPostgres();
  const made = await generateMigration(generateDrizzleJson({}), generateDrizzleJson(exports));
  for (const statement of made) await client.exec(statement);
  db = drizzle(client);
  const [first, second] = await newEntries(2);
  [old, both] = [await ringOf([first]), await ringOf([second!, first])];
});
beforeEach(() => client.exec('truncate keys, "The vault".pairs'));
afterAll(() => client.close());

/** Inserts rows with the old key, and returns their ids. */
async function plant(texts: readonly string[]): Promise<readonly string[]> {
  const cipher = columnCipher(keys.secret, old!);
  const rows = texts.map((plain) => {
    const row = newId();
    return { id: row, secret: cipher.encrypt(row, plain) };
  });
  await db.insert(keys).values(rows);
  return rows.map((row) => row.id);
}

const rotate = (rows?: number): Promise<readonly RotatedColumn[]> =>
  rotateKeys(
    { reader: db, writer: db },
    { columns, ring: both!, rows, signal: new AbortController().signal },
  );

async function decrypted(): Promise<readonly (string | null)[]> {
  const cipher = columnCipher(keys.secret, both!);
  const rows = await db.select().from(keys).orderBy(keys.id);
  return rows.map((row) => row.secret && cipher.decrypt(row.id, row.secret));
}

test('all values have the new key and the same text, and a second run changes nothing', async () => {
  const texts = ['', 'a', '🌱 é', 'x'.repeat(1_000_000), ...Array.from({ length: 40 }, String)];
  await plant(texts);
  await db.insert(keys).values({ id: newId(), secret: null });
  const pair = columnCipher(pairs.one, old!);
  const names = ['a', 'A', "it's", 'z,"y"', '\n'];
  await db
    .insert(pairs)
    .values(
      names.flatMap((name) =>
        [2, 10].map((at) => ({ name, at, one: pair.encrypt([name, at], name + at) })),
      ),
    );
  const results = await rotate(7);
  expect(
    results.map(({ column, written, busy, unreadable }) => [
      column.table,
      written,
      busy,
      unreadable,
    ]),
  ).toEqual(
    [
      ['keys', 44, 0, 0],
      ['The vault.pairs', 10, 0, 0],
    ].toSorted(
      (one, other) =>
        columns.findIndex(({ table }) => table === one[0]) -
        columns.findIndex(({ table }) => table === other[0]),
    ),
  );
  expect(await decrypted()).toEqual([...texts, null]);
  const now = columnCipher(pairs.one, both!);
  const rows = await db.select().from(pairs);
  expect(
    rows.map(({ name, at, one }) => now.decrypt([name, at], one!) === name + at),
  ).not.toContain(false);
  expect(new Set((await usesOfKeys(db, columns)).map((use) => use.id))).toEqual(
    new Set([both!.current]),
  );
  const before = await db.select().from(keys);
  expect((await rotate()).map(({ written }) => written)).toEqual([0, 0]);
  expect(await db.select().from(keys)).toEqual(before);
});

test('Postgres refuses plain text, and so does the type', async () => {
  const plain = "insert into keys values (gen_random_uuid(), 'sk-live')";
  await expect(client.exec(plain)).rejects.toThrow('keys_secret_check');
  // @ts-expect-error plain text
  const insert = () => db.insert(keys).values({ id: newId(), secret: 'sk-live' });
  expect(insert).not.toThrow('sk-live');
});

test('values that cannot be decrypted are reported and unchanged', async () => {
  const ids = await plant(['a', 'b', 'c', 'd']);
  const [one, two, three] = (await db.select().from(keys).orderBy(keys.id)).map(
    ({ secret }) => secret!,
  );
  const set = (at: number, secret: string) =>
    db
      .update(keys)
      .set({ secret: secret as Ciphertext })
      .where(eq(keys.id, ids[at]!));
  await set(0, two!);
  await set(1, `${three!.slice(0, -4)}AAAA`);
  await set(2, one!.replace(/\d{8}-[0-9a-f]{8}/, '20010101-00000000'));
  const before = await db.select().from(keys).orderBy(keys.id);
  const result = (await rotate()).find(({ column }) => column.table === 'keys');
  expect(result).toMatchObject({
    written: 1,
    unreadable: 3,
    examples: [
      { key: [ids[0]], reason: 'swapped' },
      // The next row's ciphertext, whose tag was edited too: it belongs elsewhere.
      { key: [ids[1]], reason: 'swapped' },
      { key: [ids[2]], reason: 'unknown-key' },
    ],
  });
  expect((await db.select().from(keys).orderBy(keys.id)).slice(0, 3)).toEqual(before.slice(0, 3));
});

test('a value that changes between reading and writing is not overwritten', async () => {
  const ids = await plant(['a', 'b', 'c']);
  const page = await readPage(db, ofKeys!, { current: both!.current }, { rows: 9, bytes: 9e6 });
  const cipher = columnCipher(keys.secret, old!);
  await db
    .update(keys)
    .set({ secret: cipher.encrypt(ids[0]!, 'new') })
    .where(eq(keys.id, ids[0]!));
  await db.delete(keys).where(eq(keys.id, ids[1]!));
  const next = columnCipher(keys.secret, both!);
  const changes = page.map((one) => ({ ...one, next: next.encrypt(one.key, 'rotated') }));
  expect(await writePage(db, ofKeys!, changes)).toBe(1);
  expect(await decrypted()).toEqual(['new', 'rotated']);
});

test('a page is limited by rows and by bytes, and has at least one row', async () => {
  await plant(['a', 'b', 'x'.repeat(50_000), 'c', 'd']);
  const page = (rows: number, bytes: number, after?: readonly string[]) =>
    readPage(db, ofKeys!, { current: both!.current, after }, { rows, bytes });
  const sizes: number[] = [];
  for (let after: readonly string[] | undefined; ;) {
    const found = await page(3, 1000, after);
    if (found.length === 0) break;
    sizes.push(found.length);
    after = found.at(-1)!.key;
  }
  expect(sizes).toEqual([2, 1, 2]);
  expect(await page(3, 1e6)).toHaveLength(3);
});

test('the problem of a refused update contains no parameters', async () => {
  await plant(['a', 'b']);
  await client.exec(`create function refuse() returns trigger language plpgsql as
    'begin raise exception ''frozen''; end';
    create trigger refuse before update on keys for each row execute function refuse()`);
  const error: unknown = await rotate().catch((thrown: unknown) => thrown);
  await client.exec('drop function refuse cascade');
  expect(error).toMatchObject({
    problem: {
      code: 'secrets/update-refused',
      message: 'Postgres refused to update keys.secret: frozen.',
    },
  });
  expect((await rotate()).map(({ written }) => written)).toContain(2);
});

test('a database without the column is refused', async () => {
  const missing = { ...ofKeys!, name: 'gone' };
  await expect(usesOfKeys(db, [missing])).rejects.toThrow('has no column keys.gone');
});

test('counts never show a part of a text that is no ciphertext', async () => {
  await client.exec(`alter table keys drop constraint keys_secret_check;
    insert into keys values (gen_random_uuid(), 'sk-live-1234567890123456')`);
  const uses = await usesOfKeys(db, [ofKeys!]);
  expect(uses.map((use) => [use.id, use.count])).toEqual([['', 1]]);
  expect(await rotate()).toMatchObject([{}, {}]);
  await client.exec(`truncate keys; alter table keys add constraint keys_secret_check
    check (secret ~ '^g1')`);
});
