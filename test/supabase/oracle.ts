import type { PGlite } from '@electric-sql/pglite';

interface Introspection {
  introspect(database: PGlite, options: { includedSchemas: readonly string[] }): Promise<object>;
}

interface Generation {
  sortGeneratorMetadata(metadata: object): object;
  generateTypescript(
    metadata: object,
    options: { detectOneToOneRelationships: boolean },
  ): Promise<string>;
}

interface Formatter {
  format(file: string, text: string, options: object): Promise<{ readonly code: string }>;
}

// The packages are installed here only, so the root's type checker does not know them.
const load = (name: string): Promise<unknown> => import(name);

/** What `supabase gen types typescript` writes for the schemas of a database. */
export async function askOracle(
  database: PGlite,
  includedSchemas: readonly string[],
): Promise<string> {
  const from = '@supabase/postgrest-typegen';
  const { introspect } = (await load(`${from}/introspection`)) as Introspection;
  const { generateTypescript, sortGeneratorMetadata } = (await load(
    `${from}/generation`,
  )) as Generation;
  const metadata = sortGeneratorMetadata(await introspect(database, { includedSchemas }));
  return generateTypescript(metadata, { detectOneToOneRelationships: true });
}

/** Formats a module as Supabase's generator does. */
export async function format(text: string): Promise<string> {
  const { format: run } = (await load('oxfmt')) as Formatter;
  return (await run('types.ts', text, { semi: false, printWidth: 80 })).code;
}
