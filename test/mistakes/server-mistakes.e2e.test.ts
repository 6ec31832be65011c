import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testProject } from '../../src/cli/generate/project.fixture.ts';
import { problemOf } from '../../src/migrations/expect-problem.fixture.ts';
import { startPostgres, type PostgresServer } from '../../src/testing.ts';
import { freePorts } from '../../src/processes/free-ports.ts';
import { expectAnswer, expectProblem } from './expect-answers.ts';
import { RIGHT, type Mistake } from './mistake.ts';

let server: PostgresServer;
let database: string;

beforeAll(async () => {
  server = await startPostgres();
  database = await server.createDatabase('app');
});
afterAll(() => server.stop());

const migrations = (...texts: readonly string[]) => ({
  ...RIGHT,
  ...Object.fromEntries(texts.map((text, at) => [`migrations/000${at}_step.sql`, text])),
  'migrations/meta/_journal.json': JSON.stringify({
    // drizzle-kit before 0.21 wrote this dialect.
    dialect: 'pg',
    entries: texts.map((_, at) => ({
      idx: at,
      version: '5',
      when: 1000 + at,
      tag: `000${at}_step`,
    })),
  }),
});

const change = (edit: (url: URL) => void): string => {
  const url = new URL(database);
  edit(url);
  return url.href;
};

/** The order matters: the second case applies the migration that the third has edited. */
const MISTAKES: readonly (Omit<Mistake, 'place'> & {
  readonly place?: RegExp;
  readonly url?: () => string;
})[] = [
  {
    name: 'a statement is not valid SQL',
    files: migrations('create table a (id int);', 'creat table b (id int);'),
    command: 'migrate',
    code: 'migrate/statement',
    place: /^migrations\/0001_step\.sql:1 /,
    fix: 'file',
  },
  {
    name: 'a type is misspelled',
    files: migrations('create table a (id int);', '\ncreate table b (id itn);'),
    command: 'migrate',
    code: 'migrate/statement',
    place: /^migrations\/0001_step\.sql:2 /,
    fix: 'file',
  },
  {
    name: 'a migration begins a transaction',
    files: migrations('begin;'),
    command: 'migrate',
    code: 'migrate/transaction-control',
    place: /^migrations\/0000_step\.sql:1/,
    fix: 'transaction',
  },
  {
    name: 'the password is wrong',
    files: migrations('select 1;'),
    command: 'migrate',
    url: () => change((url) => (url.password = 'wrong')),
    code: 'database/login',
    place: /@127\.0\.0\.1:\d+\/app$/,
    fix: 'password',
  },
  {
    name: 'the database does not exist',
    files: migrations('select 1;'),
    command: 'migrate',
    url: () => change((url) => (url.pathname = '/ap')),
    code: 'database/no-database',
    place: /@127\.0\.0\.1:\d+\/ap$/,
    fix: 'createdb',
  },
];

test.each(MISTAKES)('$name: $code', ({ url = () => database, ...mistake }) =>
  expectAnswer(mistake, { DATABASE_URL: url() }),
);

test('the journal of an old drizzle-kit is accepted, and an edited file is not', async () => {
  using project = testProject(migrations('create table c (id int);'));
  const env = { DATABASE_URL: database };
  expect(await project.garden(['migrate'], env)).toMatchObject({ code: 0, err: '' });
  await expectAnswer(
    {
      files: migrations('create table c (id bigint);'),
      command: 'migrate',
      code: 'migrate/edited',
      place: /^migrations\/0000_step\.sql/,
      fix: 'migration',
    },
    env,
  );
});

test('a merged branch brings a migration that is older than the last applied one', async () => {
  const env = { DATABASE_URL: await server.createDatabase() };
  const merged = migrations('select 1;', 'select 2;', 'select 3;');
  const journal = JSON.parse(merged['migrations/meta/_journal.json']) as { entries: object[] };
  const [first, second, third] = journal.entries;
  using project = testProject({
    ...merged,
    'migrations/meta/_journal.json': JSON.stringify({ ...journal, entries: [first, third] }),
    'migrations/0001_step.sql': '',
  });
  rmSync(join(project.folder, 'migrations/0001_step.sql'));
  expect(await project.garden(['migrate'], env)).toMatchObject({ code: 0 });
  project.write({
    'migrations/meta/_journal.json': JSON.stringify({
      ...journal,
      entries: [first, second, third],
    }),
    'migrations/0001_step.sql': 'select 2;',
  });
  expectProblem(await project.garden(['migrate'], env), {
    code: 'migrate/out-of-order',
    place: /^migrations\/0001_step\.sql /,
    fix: 'when branches are merged',
  });
});

test('a role without rights', async () => {
  const url = new URL(await server.createDatabase());
  const sql = postgres(url.href, { max: 1, onnotice: () => {} });
  await sql.unsafe(
    "create role weak login password 'weak'; create table notes (id uuid primary key, title text);",
  );
  await sql.end();
  [url.username, url.password] = ['weak', 'weak'];
  const env = { DATABASE_URL: url.href };
  await expectAnswer(
    {
      files: migrations('create table a (id int);'),
      command: 'migrate',
      code: 'migrate/no-permission',
      place: /^drizzle\.__drizzle_migrations$/,
      fix: 'GRANT CREATE ON DATABASE',
    },
    env,
  );
  await expectAnswer(
    {
      files: {
        ...RIGHT,
        'garden.config.ts': `export default { seed: './seed.ts' };`,
        'seed.ts': `import { notes } from './schema.ts';
export default ({ db }) => db.insert(notes).values({ id: '018f7e9e-1b7c-7c3e-8f2a-0123456789ab' });`,
      },
      command: 'seed',
      code: 'seed/failed',
      place: /seed\.ts/,
      fix: 'seed',
    },
    env,
  );
});

test('a server that is still starting', async () => {
  const above = mkdtempSync(join(tmpdir(), 'garden-starting-'));
  chmodSync(above, 0o755);
  const keepIn = join(above, 'postgres');
  const port = await freePorts();
  await (await startPostgres({ keepIn, port })).stop();
  // Postgres answers connections like this one only after the recovery, which waits for a primary.
  writeFileSync(join(keepIn, 'standby.signal'), '');
  const starting = startPostgres({ keepIn, port, settings: { hot_standby: 'off' } });
  const password = readFileSync(`${keepIn}.password`, 'utf8').trim();
  try {
    using project = testProject(migrations('select 1;'));
    const env = { DATABASE_URL: `postgres://postgres:${password}@127.0.0.1:${port}/postgres` };
    const run = () => project.garden(['migrate'], env);
    let ran = await run();
    while (ran.err.startsWith('database/unreachable')) ran = await run();
    expectProblem(ran, {
      code: 'database/starting',
      place: /^postgres@127\.0\.0\.1/,
      fix: 'wait until it has started',
    });
  } finally {
    rmSync(join(keepIn, 'standby.signal'));
    process.kill(
      Number(readFileSync(join(keepIn, 'postmaster.pid'), 'utf8').split('\n')[0]),
      'SIGINT',
    );
    // It is started again, now as a primary.
    await (await starting).stop();
    rmSync(above, { recursive: true, force: true });
  }
});

test.runIf(process.getuid?.() === 0)('root starts Postgres in its own folder', async () => {
  using project = testProject(RIGHT);
  const keepIn = join(project.folder, 'postgres');
  const problem = await problemOf(() => startPostgres({ keepIn }));
  expect(problem).toMatchObject({ code: 'database/data-folder', places: [{ file: keepIn }] });
});
