/** Modules that export names. */
export interface Exports {
  readonly file: string;
  readonly names: readonly string[];
}

/** Names that examples use without an import. */
const ELSEWHERE: readonly Exports[] = [
  { file: 'drizzle-orm/pg-core', names: ['integer', 'jsonb', 'text', 'uuid'] },
  { file: '@rocicorp/zero', names: ['defineMutators', 'defineQueries'] },
  { file: '@rocicorp/zero/react', names: ['useQuery'] },
  { file: '@rocicorp/zero/server', names: ['handleQueryRequest'] },
  { file: '@rocicorp/zero/server/adapters/drizzle', names: ['zeroDrizzle'] },
  { file: '@electric-sql/pglite', names: ['PGlite'] },
];

/** Names that examples leave to the reader, with their types. */
const FREE: Readonly<Record<string, string>> = {
  access: "ReturnType<typeof import('@techgarden/schema/kit').defineAccess<{}>>['access']",
  addressOf: '(request: object) => string',
  args: 'never',
  catalog: 'Parameters<typeof compareSchemas>[1]',
  client: "import('@electric-sql/pglite').PGlite",
  ctx: 'never',
  definitions: 'Parameters<typeof compareSchemas>[0]',
  database: '{ transaction<T>(run: (tx: never) => Promise<T>): Promise<T> }',
  handler: 'never',
  hitDays: "import('drizzle-orm/pg-core').PgTable",
  hitHours: "import('drizzle-orm/pg-core').PgTable",
  labels: "typeof import('./labels.ts').labels",
  notes: "typeof import('@techgarden/schema').packageTags",
  now: 'Date',
  packageId: 'string',
  projects: "typeof import('@techgarden/schema').packages",
  react: '{ id: string }',
  request: 'Request',
  rules: "ReturnType<typeof import('@techgarden/schema/server').accessRules>",
  secret: 'Uint8Array',
  server: "import('@techgarden/schema/server').SyncServer",
  signal: 'AbortSignal',
  stop: 'AbortController',
  t: "{ packageId: typeof import('@techgarden/schema').packageTags.packageId; projectId: typeof import('@techgarden/schema').packageTags.packageId }",
  tagId: 'string',
  userID: 'string',
  vite: '{ id: string }',
  zero: '{ mutate(request: unknown): { client: Promise<unknown> } }',
};

/**
 * An example as a module: names that it uses are imported from the first module that
 * exports them, and all others must be globals of the prelude.
 */
export function exampleModule(example: string, exported: readonly Exports[]): string {
  const missing = mentioned(example);
  const imports: string[] = [];
  for (const { file, names } of [...exported, ...ELSEWHERE]) {
    const found = [...new Set(names)].filter((name) => missing.delete(name));
    if (found.length > 0) imports.push(`import { ${found.join(', ')} } from '${file}';`);
  }
  const free = [...missing].filter((name) => Object.hasOwn(FREE, name));
  const declared = free.map((name) => `declare const ${name}: ${FREE[name]};`);
  // The last lines of a function, as the reader writes them.
  const body = /^return /m.test(example)
    ? `export async function example() {\n${example}\n}`
    : example;
  return [...imports, ...declared, body].join('\n');
}

/** The identifiers that an example does not declare. */
function mentioned(example: string): Set<string> {
  const code = example
    .replaceAll(/\/\/.*$/gm, '')
    .replaceAll(/'[^'\n]*'/g, "''")
    .replaceAll('...', '');
  const names = [...code.matchAll(/(?<![\w.'])[A-Za-z_]\w*/g)].map(([name]) => name);
  const declared = [
    ...code.matchAll(/\b(?:const|let|using|type|import) (?:\{([^}]*)\}|\[([^\]]*)\]|(\w+))/g),
  ].flatMap((match) =>
    match
      .slice(1)
      .flatMap((list) => list?.split(',') ?? [])
      .map((name) => name.trim()),
  );
  // A call refers to the kit's function; otherwise it is a property of a row.
  if (!code.includes('id()')) declared.push('id');
  return new Set(names.filter((name) => !declared.includes(name)));
}
