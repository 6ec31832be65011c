import { RIGHT, type Mistake } from './mistake.ts';

/** Mistakes on the command line and in the environment. */
const typed = (
  name: string,
  command: string,
  [code, fix]: readonly [code: string, fix: string],
  env: Mistake['env'] = {},
): Mistake => ({ name, files: RIGHT, command, env, code, fix });

const url = (
  name: string,
  value: string,
  [code, fix]: readonly [code: string, fix: string],
): Mistake => typed(name, 'migrate', [code, fix], { DATABASE_URL: value });

/** `dbCredentials` in line 2 of the config. */
const credentials = (
  name: string,
  text: string,
  [setting, fix, code = 'generate/drizzle-config']: readonly [
    setting: string,
    fix: string,
    code?: string,
  ],
): Mistake => ({
  name,
  files: {
    ...RIGHT,
    'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './schema.ts',
  dbCredentials: ${text} };`,
  },
  command: 'migrate',
  code,
  place: `drizzle.config.ts:2  dbCredentials${setting}`,
  fix,
});

/** A migrations folder. */
const folder = (
  files: Readonly<Record<string, string>>,
  journal: object | string = { version: '7', dialect: 'postgresql', entries: [entry(0, '0000_a')] },
) => ({
  ...RIGHT,
  ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`migrations/${name}`, text])),
  'migrations/meta/_journal.json': typeof journal === 'string' ? journal : JSON.stringify(journal),
});

const entry = (idx: number, tag: string) => ({ idx, version: '7', when: 1000 + idx, tag });

const JOURNAL = 'migrations/meta/_journal.json';
const SELECT = { '0000_a.sql': 'select 1;' };
const NOWHERE = { DATABASE_URL: 'postgres://ada:secret@127.0.0.1:1/db' };

export const ENVIRONMENT_MISTAKES: readonly Mistake[] = [
  typed('a command is misspelt', 'genrate', ['cli/unknown-command', '`garden generate`']),
  typed('an option is misspelt', 'generate --chek', ['cli/unknown-option', '--check']),
  typed('a target is misspelt', 'generate zeros', ['cli/bad-value', 'did you mean zero?']),
  typed('--app is misspelt', 'migrate --app gardn', ['cli/unknown-app', 'did you mean garden?']),
  typed('garden dev has nothing to sync', 'dev', ['dev/no-zero', 'zero: {}']),
  typed('garden dev in production', 'dev --app garden', ['cli/production', 'NODE_ENV'], {
    NODE_ENV: 'production',
  }),
  typed('a port is no number', 'dev --app garden --port web', ['cli/bad-value', 'from 1 to 65533']),
  typed('a query is misspelt', 'explain serch --app garden', [
    'cli/bad-value',
    'did you mean search?',
  ]),
  typed('a number has a unit', 'migrate --lock-timeout 5s', ['cli/bad-value', '--lock-timeout 5']),
  typed('two databases', 'migrate --data x --database-url postgres://a/b', [
    'cli/two-databases',
    'one of them',
  ]),
  url('DATABASE_URL is empty', '', ['database/no-url', 'postgres://USER']),
  url('DATABASE_URL has no scheme', 'localhost:5432/app', ['database/bad-url', 'postgres://USER']),
  url('DATABASE_URL is of MySQL', 'mysql://ada@localhost/app', [
    'database/bad-url',
    'postgres://USER',
  ]),
  url('DATABASE_URL names no database', 'postgres://ada@localhost:5432', [
    'database/bad-url',
    '/DATABASE',
  ]),
  url('DATABASE_URL has quotes', '"postgres://ada@localhost/app"', ['database/bad-url', 'quotes']),
  url('a password with # is not escaped', 'postgres://ada:a#b@localhost/app', [
    'database/bad-url',
    '# as %23',
  ]),
  url(
    'variables of DATABASE_URL are not set',
    'postgres://undefined:undefined@undefined:5432/undefined',
    ['database/bad-url', 'the variable for the host'],
  ),
  typed('no database in production', 'migrate', ['database/no-url', 'DATABASE_URL'], {
    NODE_ENV: 'production',
  }),
  credentials('dbCredentials is a URL', `'postgres://localhost/app'`, ['', 'dbCredentials: { … }']),
  credentials(
    'dbCredentials has a connectionString',
    `{ connectionString: 'postgres://localhost/app' }`,
    ['.connectionString', 'did you mean url?'],
  ),
  credentials('a URL is an object', `{ url: new URL('postgres://localhost/app') }`, [
    '.url',
    'string',
  ]),
  credentials('a host has a port', `{ host: 'localhost:5432', database: 'app' }`, [
    '.host',
    'port',
  ]),
  credentials('a host is a URL', `{ host: 'postgres://localhost', database: 'app' }`, [
    '.host',
    'url',
  ]),
  credentials('a port is no number', `{ host: 'localhost', port: 'web', database: 'app' }`, [
    '.port',
    'port: 5432',
  ]),
  credentials('a host without a database', `{ host: 'localhost' }`, ['.host', 'database']),
  credentials(
    'variables of a URL are not set',
    '{ url: `postgres://${process.env.NO_SUCH_HOST}/app` }',
    ['.url', 'the variable for the host', 'database/bad-url'],
  ),
  {
    name: 'nothing listens at the address',
    files: folder(SELECT),
    command: 'migrate',
    env: NOWHERE,
    code: 'database/unreachable',
    place: 'ada@127.0.0.1:1/db',
    fix: 'host and port',
  },
  {
    name: 'the database folder is another folder',
    files: folder(SELECT),
    command: 'migrate --data migrations',
    code: 'database/not-a-data-folder',
    place: 'migrations',
    fix: 'another folder',
  },
  {
    name: 'the database folder is a file',
    files: folder(SELECT),
    command: 'migrate --data schema.ts',
    code: 'database/not-a-data-folder',
    place: 'schema.ts',
    fix: 'another folder',
  },
  // Not even root can create a folder below a file.
  {
    name: 'the folder of the database cannot be written',
    files: folder(SELECT),
    command: 'migrate --data schema.ts/db',
    code: 'database/data-folder',
    place: 'schema.ts/db',
    fix: 'write permission',
  },
  {
    name: '`out` is below a file',
    files: {
      ...RIGHT,
      'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './schema.ts', out: './schema.ts/drizzle' };`,
    },
    command: 'generate',
    code: 'generate/damaged',
    place: 'schema.ts/drizzle/meta/_companion.json',
    fix: '`out`',
  },
  {
    name: 'the seed runs before the migrations',
    files: {
      ...RIGHT,
      'garden.config.ts': `export default { seed: './seed.ts' };`,
      'seed.ts': 'export default async () => {};',
    },
    command: 'seed',
    code: 'database/no-database',
    place: '.garden/pglite',
    fix: 'garden migrate',
  },
  {
    name: 'nothing was generated yet',
    files: RIGHT,
    command: 'migrate',
    code: 'migrate/no-folder',
    place: 'migrations',
    fix: 'drizzle-kit generate',
  },
  {
    name: 'the journal is missing',
    files: { ...RIGHT, 'migrations/0000_a.sql': 'select 1;' },
    command: 'migrate',
    code: 'migrate/no-folder',
    place: 'migrations',
    fix: 'drizzle-kit generate',
  },
  {
    name: 'the journal has a merge conflict',
    files: folder(SELECT, '<<<<<<< HEAD\n{ "entries": [] }\n=======\n'),
    command: 'migrate',
    code: 'migrate/journal',
    place: JOURNAL,
    fix: 'merge conflict',
  },
  {
    name: 'an entry of the journal lacks its time',
    files: folder(SELECT, { entries: [{ idx: 0, tag: '0000_a' }] }),
    command: 'migrate',
    code: 'migrate/journal',
    place: JOURNAL,
    fix: 'version control',
  },
  {
    name: 'two entries of the journal have one time',
    files: folder(
      { ...SELECT, '0001_b.sql': '' },
      {
        entries: [entry(0, '0000_a'), { ...entry(1, '0001_b'), when: 1000 }],
      },
    ),
    command: 'migrate',
    code: 'migrate/journal',
    place: JOURNAL,
    fix: 'a later `when`',
  },
  {
    name: 'the migrations are for MySQL',
    files: folder(SELECT, { dialect: 'mysql', entries: [] }),
    command: 'migrate',
    code: 'migrate/journal',
    place: JOURNAL,
    fix: '`out`',
  },
  {
    name: 'an old drizzle-kit made the snapshots',
    files: folder(
      {
        '0000_a.sql': 'create table "notes" ("id" uuid primary key);',
        'meta/0000_snapshot.json': '{ "id": "1", "prevId": "0", "version": "5", "dialect": "pg" }',
      },
      { version: '5', dialect: 'pg', entries: [entry(0, '0000_a')] },
    ),
    command: 'generate',
    code: 'generate/damaged',
    place: 'migrations/meta/0000_snapshot.json',
    fix: '`npx drizzle-kit up`',
  },
  {
    name: 'a migration uses an extension that none creates',
    files: folder({ '0000_a.sql': 'create table a (id uuid default uuid_generate_v4());' }),
    command: 'migrate',
    code: 'migrate/statement',
    place: 'migrations/0000_a.sql:1  statement 1 of 1',
    fix: 'CREATE EXTENSION IF NOT EXISTS "uuid-ossp"',
  },
  {
    name: 'an operator class is of an extension that none creates',
    files: folder({
      '0000_a.sql':
        'create table a (n text);\n--> statement-breakpoint\ncreate index on a using gin (n gin_trgm_ops);',
    }),
    command: 'migrate',
    code: 'migrate/statement',
    place: 'migrations/0000_a.sql:3  statement 2 of 2',
    fix: 'CREATE EXTENSION IF NOT EXISTS "pg_trgm"',
  },
  {
    name: 'PGlite lacks an extension',
    files: folder({ '0000_a.sql': 'create extension pg_cron;' }),
    command: 'migrate',
    code: 'database/no-extension',
    place: 'migrations/0000_a.sql:1',
    fix: 'DATABASE_URL',
  },
  {
    name: 'a migration has no file',
    files: folder({}),
    command: 'migrate',
    code: 'migrate/missing-file',
    place: 'migrations/0000_a.sql',
    fix: 'version control',
  },
  {
    name: 'a handwritten migration is next to a README',
    files: folder({ ...SELECT, '0001_fix.sql': 'select 2;', 'README.md': 'x', '.DS_Store': 'x' }),
    command: 'migrate',
    code: 'migrate/stray-file',
    place: 'migrations/0001_fix.sql',
    fix: '`drizzle-kit generate --custom`',
  },
];
