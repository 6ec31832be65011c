import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import {
  defineQueries,
  defineQuery,
  mustGetQuery,
  Zero,
  type Query,
  type Schema as AnyZeroSchema,
} from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import { eq, sql } from 'drizzle-orm';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emitPublication } from '../../src/emit/companion/emit-publication.ts';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import { printZeroSchema } from '../../src/emit/zero/print-zero-schema.ts';
import {
  encrypted,
  hashedToken,
  hashedTokenKeys,
  id,
  isEncrypted,
  newId,
  pgTable,
  sortedText,
  uniqueOn,
  type Ciphertext,
} from '../../src/kit/index.ts';
import type { AnyClient } from '../../src/processes/any-client.fixture.ts';
import { startPostgres, type PostgresServer } from '../../src/processes/postgres-server.ts';
import { serveFetch, type FetchServer } from '../../src/processes/serve-fetch.ts';
import { startZeroCache, type ZeroCache } from '../../src/processes/zero-cache.ts';
import { encryptedColumns } from '../../src/secrets/rotate/encrypted-columns.ts';
import { rotateKeys } from '../../src/secrets/rotate/rotate-keys.ts';
import {
  columnCipher,
  hashedTokens,
  newRingEntry,
  openKeyRing,
  type KeyRing,
} from '../../src/server.ts';
import { definitionsOf, statementsOf } from '../catalog/made-database.ts';
import { openStore, type OpenStore } from '../hostile/open-store.ts';

// Plants secrets, and searches every place that others can read. Each place is also searched for
// a value that must be there, so that the search cannot fail unnoticed.

const accounts = pgTable(
  'accounts',
  {
    id: id(),
    name: sortedText('name').notNull(),
    apiKey: encrypted('api_key').notNull(),
    ...hashedToken(),
  },
  (t) => [uniqueOn(t.name), isEncrypted(t.apiKey), ...hashedTokenKeys(t)],
);
const tokens = hashedTokens(accounts, { prefix: 'gdn', grace: 60_000 });

/** Synced, so it is in every place. */
const VISIBLE = 'visible-marker';
/** Values that nobody but the server may see; ciphertexts and hashes may be in Postgres. */
const plain: string[] = [];
const stored: string[] = [];

let server: PostgresServer;
let client: Sql;
let db: PostgresJsDatabase;
let rings: readonly [KeyRing, KeyRing];
let cache: ZeroCache;
let endpoint: FetchServer;
let zero: AnyClient;
let store: OpenStore;
let folder: string;
const errors: unknown[] = [];
const model = definitionsOf({ accounts });

const secretOf = (at: number): string => `sk-live-planted-${at}-4eC39HqLyjWDarjtT1zdp7dc`;

/** Inserts an account with a secret and a token, and remembers what must not be seen. */
async function plant(at: number): Promise<string> {
  const row = newId();
  const sealed = columnCipher(accounts.apiKey, rings[0]).encrypt(row, secretOf(at));
  const issued = await tokens.issue(db, { id: row, name: `${VISIBLE}-${at}`, apiKey: sealed });
  const next = await tokens.rotate(db, issued.token);
  plain.push(secretOf(at), issued.token.slice(10), next!.token.slice(10));
  return row;
}

async function rememberStored(): Promise<void> {
  const rows = await client`select api_key, token_hash, previous_token_hash from accounts`;
  // The key's id at the start of a ciphertext is no secret.
  for (const value of rows.flatMap((row) => Object.values(row))) {
    stored.push(String(value).slice(24));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'garden-secrets-'));
  const [one, two] = await Promise.all([newRingEntry(), newRingEntry()]);
  plain.push(one.slice(-43), two.slice(-43));
  rings = [
    await openKeyRing({ env: { GARDEN_KEYS: one } }),
    await openKeyRing({ env: { GARDEN_KEYS: `${two},${one}` } }),
  ];
  server = await startPostgres({
    settings: {
      wal_level: 'logical',
      log_statement: 'mod',
      log_parameter_max_length_on_error: '-1',
    },
  });
  const url = await server.createDatabase();
  client = postgres(url, { max: 2, onnotice: () => {} });
  db = drizzle(client);
  for (const statement of await statementsOf({ accounts })) await client.unsafe(statement);
  const { zero: planned, publication } = planZero(model, undefined, {});
  for (const { create } of publication ? emitPublication(publication) : []) {
    for (const statement of create.split('--> statement-breakpoint'))
      await client.unsafe(statement);
  }
  for (const plugin of ['pgoutput', 'test_decoding']) {
    await client`select pg_create_logical_replication_slot(${`read_${plugin}`}, ${plugin})`;
  }
  // Copied, then replicated.
  await plant(1);

  await symlink(join(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'));
  const outFile = join(folder, 'zero-schema.gen.ts');
  await writeFile(outFile, printZeroSchema(planned, { outFile }));
  const { schema, zql } = (await import(/* @vite-ignore */ pathToFileURL(outFile).href)) as {
    readonly schema: AnyZeroSchema;
    readonly zql: Record<string, Query<string, AnyZeroSchema, Record<string, unknown>>>;
  };
  const queries = defineQueries({ all: defineQuery(() => zql['accounts']!) });
  endpoint = await serveFetch(async (request) =>
    Response.json(
      await handleQueryRequest({
        schema,
        request,
        userID: 'ann',
        handler: (name) =>
          mustGetQuery(queries, name).fn({ args: undefined, ctx: undefined as never }),
      }),
    ),
  );
  cache = await startZeroCache({
    upstream: url,
    publications: ['zero_data'],
    queryUrl: endpoint.url,
    env: { ZERO_LOG_LEVEL: 'debug' },
  });
  store = openStore();
  const Client = Zero as unknown as new (options: object) => AnyClient;
  zero = new Client({
    schema,
    cacheURL: cache.url,
    userID: 'ann',
    kvStore: store.provider,
    logSink: { log: () => {} },
  });
  const all = mustGetQuery(queries, 'all')(undefined);
  zero.materialize(all);
  await zero.run(all, { type: 'complete' });
  await rememberStored();
  await plant(2);
  await rememberStored();
  const columns = encryptedColumns(model);
  const signal = new AbortController().signal;
  await rotateKeys({ reader: db, writer: db }, { columns, ring: rings[1], signal });
  await rememberStored();
  await db
    .update(accounts)
    .set({ name: `${VISIBLE}-3` })
    .where(eq(accounts.name, `${VISIBLE}-2`));
  const until = Date.now() + 20_000;
  while (!namesInStore().includes(`${VISIBLE}-3`) && Date.now() < until) await sleep(50);
}, 120_000);
afterAll(async () => {
  await zero?.close();
  await cache?.stop();
  await endpoint?.stop();
  await client?.end();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The names of the accounts that the client has stored. */
function namesInStore(): readonly unknown[] {
  return [...(store.rows().get('accounts')?.values() ?? [])].map((row) => row['name']);
}

/** The planted values that a text contains. */
const leaked = (text: string, values: readonly string[]): readonly string[] =>
  values.filter((value) => text.includes(value));

function expectNone(text: string, values: readonly string[]): void {
  expect(text).toContain(VISIBLE);
  expect(values.length).toBeGreaterThan(4);
  expect(leaked(text, values)).toEqual([]);
}

test('the replica of zero-cache has no secret, ciphertext or hash', async () => {
  const files = await readdir(dirname(cache.replicaFile));
  const texts = await Promise.all(
    files
      .filter((name) => name.startsWith('replica.db'))
      .map((name) => readFile(join(dirname(cache.replicaFile), name), 'latin1')),
  );
  expect(texts.length).toBeGreaterThan(0);
  expectNone(texts.join(), [...plain, ...stored]);
});

test('the store of a client has no secret, ciphertext or hash', () => {
  expect(namesInStore()).toContain(`${VISIBLE}-3`);
  expectNone(store.text(), [...plain, ...stored]);
  const rows = [...(store.rows().get('accounts')?.values() ?? [])];
  expect(rows.map((row) => Object.keys(row).toSorted())).toEqual([
    ['id', 'name', 'tokenExpiresAt', 'tokenPrefix'],
    ['id', 'name', 'tokenExpiresAt', 'tokenPrefix'],
  ]);
});

test('the decoded WAL of the publication has no secret, ciphertext or hash', async () => {
  const changes = await client<{ data: Buffer }[]>`
    select data from pg_logical_slot_get_binary_changes('read_pgoutput', null, null,
      'proto_version', '1', 'publication_names', 'zero_data')`;
  expectNone(changes.map(({ data }) => data.toString('latin1')).join(), [...plain, ...stored]);
});

test('the decoded WAL of all columns has ciphertexts and hashes, and no secret', async () => {
  const changes = await client<{ data: string }[]>`
    select data from pg_logical_slot_get_changes('read_test_decoding', null, null)`;
  const text = changes.map(({ data }) => data).join('\n');
  expectNone(text, plain);
  expect(leaked(text, stored)).toEqual(stored);
});

test('neither errors nor their texts have a secret', async () => {
  const [row] = await db
    .select()
    .from(accounts)
    .where(eq(accounts.name, `${VISIBLE}-1`));
  const { id: rowId, apiKey } = row!;
  const cipher = columnCipher(accounts.apiKey, rings[1]);
  const other = newId();
  const failing: readonly (() => unknown)[] = [
    // A unique violation, whose DETAIL has the name.
    () =>
      tokens.issue(db, {
        id: other,
        name: `${VISIBLE}-1`,
        apiKey: cipher.encrypt(other, secretOf(1)),
      }),
    // A statement that fails with all of its parameters in the message.
    () =>
      db
        .insert(accounts)
        .values({ ...row!, id: 'no uuid', apiKey: cipher.encrypt(other, secretOf(1)) }),
    // Plain text by mistake, which Postgres would quote in DETAIL.
    () => db.update(accounts).set({ apiKey: secretOf(1) as Ciphertext }),
    () => db.insert(accounts).values({ ...row!, id: other, apiKey: secretOf(1) as Ciphertext }),
    () => cipher.decrypt(rowId, `${apiKey}AAAA`),
    () => cipher.decrypt(other, apiKey),
    () => cipher.encrypt(rowId, `${secretOf(1)}\uD800`),
    () => columnCipher(accounts.apiKey, rings[0]).decrypt(rowId, apiKey),
    () => openKeyRing({ env: { GARDEN_KEYS: `${plain.at(0)}:${plain.at(1)}` } }),
    () => db.execute(sql`select ${`${VISIBLE}`}::int`),
  ];
  for (const fail of failing) {
    try {
      await fail();
    } catch (error) {
      errors.push(error);
    }
  }
  expect(errors).toHaveLength(failing.length);
  const shown = errors.map((error) => inspect(error, { depth: 9 }) + JSON.stringify(error));
  expectNone(shown.join('\n'), plain);
  expect(shown.join()).toContain('Key (name)=(visible-marker-1) already exists');
});

test('neither the log of Postgres nor that of zero-cache has a secret', async () => {
  await expect.poll(() => server.log(), { timeout: 5000 }).toContain('invalid input syntax');
  // With the parameters of every write.
  expectNone(server.log(), plain);
  expect(cache.log()).toContain('accounts');
  expect(leaked(cache.log(), [...plain, ...stored])).toEqual([]);
});
