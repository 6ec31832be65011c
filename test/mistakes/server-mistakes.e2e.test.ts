import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testProject } from '../../src/cli/generate/project.fixture.ts';
import { problemOf } from '../../src/migrations/expect-problem.fixture.ts';
import { startPostgres, type PostgresServer } from '../../src/testing/index.ts';
import { expectAnswer } from './expect-answers.ts';
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

test.runIf(process.getuid?.() === 0)('root starts Postgres in its own folder', async () => {
  using project = testProject(RIGHT);
  const keepIn = join(project.folder, 'postgres');
  const problem = await problemOf(() => startPostgres({ keepIn }));
  expect(problem).toMatchObject({ code: 'database/data-folder', places: [{ file: keepIn }] });
});
