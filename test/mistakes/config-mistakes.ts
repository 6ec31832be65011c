import { drizzleSchema, NOTES, RIGHT, type Mistake } from './mistake.ts';

/** A drizzle-kit config of four lines. The text starts in line 2. */
const config = (text: string) => ({
  ...RIGHT,
  'drizzle.config.ts': `export default {
  ${text}
};`,
});

/** A valid config with one additional setting in line 3. */
const settings = (more: string) =>
  config(`dialect: 'postgresql', schema: './schema.ts',\n  ${more}`);

const garden = (text: string, others: Readonly<Record<string, string>> = {}) => ({
  ...RIGHT,
  ...others,
  'garden.config.ts': text,
});

const zero = 'generate zero';

/** Mistakes in configs, and in files that a config or a schema imports. */
export const CONFIG_MISTAKES: readonly Mistake[] = [
  {
    name: 'the path of the schema is misspelt',
    files: {
      'drizzle.config.ts': `export default {\n  dialect: 'postgresql',\n  schema: './shema.ts',\n};`,
      ...RIGHT,
    },
    command: zero,
    code: 'generate/schema-not-found',
    place: 'drizzle.config.ts:3  schema',
    fix: 'path',
  },
  {
    name: 'a glob matches nothing',
    files: config(`dialect: 'postgresql', schema: './db/**/*.ts',`),
    command: 'generate',
    code: 'generate/schema-not-found',
    place: 'drizzle.config.ts:2  schema',
    fix: 'path',
  },
  {
    name: 'the config names no schema',
    files: config(`dialect: 'postgresql',`),
    command: zero,
    code: 'generate/no-schema',
    place: 'drizzle.config.ts',
    fix: "schema: './src/schema.ts'",
  },
  {
    name: 'the config is for MySQL',
    files: config(`schema: './schema.ts',\n  dialect: 'mysql',`),
    command: zero,
    code: 'generate/dialect',
    place: 'drizzle.config.ts:3  dialect',
    fix: "dialect: 'postgresql'",
  },
  {
    name: 'the dialect has its old name',
    files: config(`schema: './schema.ts',\n  dialect: 'pg',`),
    command: zero,
    code: 'generate/dialect',
    place: 'drizzle.config.ts:3  dialect',
    fix: "dialect: 'postgresql'",
  },
  {
    name: 'the config has no default export',
    files: { ...RIGHT, 'drizzle.config.ts': `export const config = { dialect: 'postgresql' };` },
    command: zero,
    code: 'generate/drizzle-config',
    place: 'drizzle.config.ts',
    fix: 'export default defineConfig({ … })',
  },
  {
    name: 'the schema is imported instead of named',
    files: config(`dialect: 'postgresql',\n  schema: { notes: {} },`),
    command: zero,
    code: 'generate/drizzle-config',
    place: 'drizzle.config.ts:3  schema',
    fix: "schema: './src/schema.ts'",
  },
  {
    name: 'casing is misspelt',
    files: settings(`casing: 'snake',`),
    command: zero,
    code: 'generate/drizzle-config',
    place: 'drizzle.config.ts:3  casing',
    fix: "casing: 'snake_case'",
  },
  {
    name: 'a prefix that does not make migration names unique',
    files: settings(`migrations: { prefix: 'none' },`),
    command: zero,
    code: 'generate/prefix',
    place: 'drizzle.config.ts:3  migrations.prefix',
    fix: 'index',
  },
  {
    name: 'the config has a syntax error',
    files: config(`dialect: 'postgresql'\n  schema: './schema.ts',`),
    command: zero,
    code: 'generate/cannot-load-config',
    place: 'drizzle.config.ts:3',
    fix: 'syntax',
  },
  {
    name: 'the config awaits a rejected promise',
    files: {
      ...RIGHT,
      'drizzle.config.ts': `\nexport default await Promise.reject(new Error('sealed'));`,
    },
    command: zero,
    code: 'generate/cannot-load-config',
    place: 'drizzle.config.ts:2',
    fix: 'npx tsx',
  },
  {
    name: 'a variable of the config is not set',
    files: settings('dbCredentials: { url: process.env.NO_SUCH_URL.trim() },'),
    command: zero,
    code: 'generate/cannot-load-config',
    place: 'drizzle.config.ts:3',
    fix: 'environment variable',
  },
  {
    name: 'the config imports a package that is not installed',
    files: { ...RIGHT, 'drizzle.config.ts': `import '@acme/env/config';\nexport default {};` },
    command: zero,
    code: 'generate/cannot-load-config',
    place: 'drizzle.config.ts:1',
    fix: 'npm install @acme/env.',
  },
  {
    name: '--config is misspelt',
    files: RIGHT,
    command: 'generate --config drizle.config.ts',
    code: 'generate/no-config',
    fix: '--config',
  },
  {
    name: 'out is a file',
    files: { ...RIGHT, migrations: '' },
    command: 'generate',
    code: 'generate/damaged',
    place: 'migrations/meta/_companion.json',
    fix: 'set `out` to a folder',
  },
  {
    name: 'a setting of garden.config.ts is misspelt',
    files: garden(`export default {\n  zeros: {},\n};`),
    command: zero,
    code: 'generate/garden-config',
    place: 'garden.config.ts:2  zeros',
    fix: 'did you mean zero?',
  },
  {
    name: 'a setting within zero is misspelt',
    files: garden(`export default {\n  zero: { tabels: {} },\n};`),
    command: zero,
    code: 'generate/garden-config',
    place: 'garden.config.ts:2  zero.tabels',
    fix: 'did you mean zero.tables?',
  },
  {
    name: 'a setting has another type',
    files: garden(`export default {\n  comments: 'no',\n};`),
    command: zero,
    code: 'generate/garden-config',
    place: 'garden.config.ts:2  comments',
    fix: 'comments: true',
  },
  {
    name: 'a setting from a JSON file has another type',
    files: garden(
      `import settings from './zero.json' with { type: 'json' };\nexport default settings;`,
      {
        'zero.json': '{ "zero": { "out": 5 } }',
      },
    ),
    command: zero,
    code: 'generate/garden-config',
    place: 'garden.config.ts  zero.out',
    fix: 'zero.out:',
  },
  {
    name: 'garden.config.ts names a table that does not exist',
    files: garden(`export default {\n  zero: { tables: { note: false } },\n};`),
    command: zero,
    code: 'zero/unknown-name',
    place: 'garden.config.ts:2  zero.tables.note',
    fix: 'did you mean "notes"?',
  },
  {
    name: 'garden.config.ts names a column that does not exist',
    files: garden(
      `export default {\n  zero: { tables: { notes: { columns: { titel: false } } } },\n};`,
    ),
    command: zero,
    code: 'zero/unknown-name',
    place: 'garden.config.ts:2  zero.tables.notes.columns.titel',
    fix: 'did you mean "title"?',
  },
  {
    name: 'garden.config.ts excludes every table',
    files: garden(`export default {\n  zero: { tables: { notes: false } },\n};`),
    command: zero,
    code: 'zero/no-tables',
    place: 'garden.config.ts',
    fix: 'tables',
  },
  {
    name: '`out` of zero is a file',
    files: garden(`export default { zero: { out: 'schema.ts' } };`),
    command: zero,
    code: 'generate/cannot-write',
    place: 'schema.ts/zero-schema.gen.ts',
    fix: 'another folder',
  },
  {
    name: 'no seed is named',
    files: RIGHT,
    command: 'seed',
    code: 'seed/none',
    place: 'garden.config.ts',
    fix: "seed: './seed.ts'",
  },
  {
    name: 'the path of the seed is misspelt',
    files: garden(`export default {\n  seed: './sed.ts',\n};`),
    command: 'seed',
    code: 'generate/cannot-load-config',
    place: 'garden.config.ts:2  seed',
    fix: 'path',
  },
  {
    name: 'the seed exports no function',
    files: garden(`export default {\n  seed: './seed.ts',\n};`, {
      'seed.ts': 'export const seed = () => {};',
    }),
    command: 'seed',
    code: 'seed/no-function',
    place: 'garden.config.ts:2  seed',
    fix: 'export default async function seed',
  },
  {
    name: 'the schema has a syntax error',
    files: drizzleSchema(
      `export const notes = pgTable('notes', {\n  id: uuid('id'.primaryKey(),\n});`,
    ),
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:4',
    fix: 'syntax',
  },
  {
    name: 'the schema imports a package that is not installed',
    files: drizzleSchema(
      `import { nanoid } from 'nano-id-9';\nexport const make = nanoid; ${NOTES}`,
    ),
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:2',
    fix: 'npm install nano-id-9.',
  },
  {
    name: 'the schema imports a missing file',
    files: drizzleSchema(`import { times } from './times.ts';\nexport const all = times; ${NOTES}`),
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:2',
    fix: 'path',
  },
  {
    name: 'the schema imports a name that a file does not export',
    files: {
      ...drizzleSchema(`import { times } from './times.ts';\nexport const all = times; ${NOTES}`),
      'times.ts': 'export const time = 1;',
    },
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:2',
    fix: 'export',
  },
  {
    name: 'the schema imports broken JSON',
    files: {
      ...drizzleSchema(
        `import kinds from './kinds.json' with { type: 'json' };\nexport const kind = pgEnum('kind', kinds);`,
      ),
      'kinds.json': '["a"',
    },
    command: zero,
    code: 'generate/cannot-load',
    place: 'kinds.json:1',
    fix: 'syntax',
  },
  {
    name: 'the schema awaits a rejected promise',
    files: drizzleSchema(`${NOTES}\nawait Promise.reject(new Error('no service'));`),
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:3',
    fix: 'npx tsx',
  },
  {
    name: 'a variable of the schema is not set',
    files: drizzleSchema(`const prefix = process.env.NO_SUCH_PREFIX.trim(); ${NOTES}`),
    command: zero,
    code: 'generate/cannot-load',
    place: 'schema.ts:2',
    fix: 'environment variable',
  },
  {
    name: 'two files import each other',
    files: {
      ...config(`dialect: 'postgresql', schema: './db/*.ts',`),
      'db/a.ts': `import { pgTable } from 'drizzle-orm/pg-core';\nimport { b } from './b.ts';\nexport const a = pgTable('a', { x: b.id });`,
      'db/b.ts': `import { pgTable } from 'drizzle-orm/pg-core';\nimport { a } from './a.ts';\nexport const b = pgTable('b', { x: a.id });`,
    },
    command: zero,
    code: 'generate/circular-import',
    place: 'db/b.ts:3',
    fix: 'a into',
  },
];
