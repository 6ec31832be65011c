import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Extension, Extensions } from '@electric-sql/pglite';
import type { NamedPlace } from '../report/place.ts';
import { ProblemError } from '../report/problem.ts';

/** An extension that a database needs. */
export interface NeededExtension {
  readonly name: string;
  /** The statement that creates it. */
  readonly place?: NamedPlace;
  /** Nothing fails without it. */
  readonly optional?: true;
}

/** Extensions in separate packages: @electric-sql/pglite-NAME. */
const PACKAGES: Readonly<Record<string, string>> = {
  age: 'age',
  pg_hashids: 'pg_hashids',
  pg_ivm: 'pg_ivm',
  pg_textsearch: 'pg_textsearch',
  pg_uuidv7: 'pg_uuidv7',
  pgtap: 'pgtap',
  postgis: 'postgis',
  vector: 'pgvector',
};

/** Extensions that CREATE EXTENSION … CASCADE also creates. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = { earthdistance: ['cube'] };

/**
 * Loads the extensions that a PGlite has to start with: it has no others, although they
 * ship with it.
 */
export async function loadPgliteExtensions(
  needed: readonly NeededExtension[],
): Promise<Extensions> {
  const loaded: Extensions = {};
  for (const one of needed.flatMap(withRequired)) {
    if (one.name === 'plpgsql' || loaded[one.name] !== undefined) continue;
    const found = await loadExtension(one.name);
    if (found !== undefined) loaded[one.name] = found;
    else if (one.optional !== true) throw noExtension(one);
  }
  return loaded;
}

const withRequired = (one: NeededExtension): readonly NeededExtension[] => [
  one,
  ...(REQUIRED[one.name] ?? []).map((name) => ({ ...one, name })),
];

async function loadExtension(name: string): Promise<Extension | undefined> {
  const own = PACKAGES[name];
  if (own !== undefined) {
    const file = resolvePackage(packageOf(own));
    return file === undefined ? undefined : extensionIn(await import(pathToFileURL(file).href));
  }
  if (!/^[a-z][a-z\d_-]*$/.test(name)) return undefined;
  const url = import.meta.resolve(`@electric-sql/pglite/contrib/${name.replaceAll('-', '_')}`);
  return existsSync(fileURLToPath(url)) ? extensionIn(await import(url)) : undefined;
}

const packageOf = (own: string): string => `@electric-sql/pglite-${own}`;

/** Only pgvector is a peer: a strict package manager resolves the others from the project alone. */
function resolvePackage(name: string): string | undefined {
  for (const from of [join(process.cwd(), '_'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // The next place is tried.
    }
  }
  return undefined;
}

/** These modules export nothing else. */
const extensionIn = (module: object): Extension | undefined =>
  (Object.values(module) as unknown[]).find(isExtension);

const isExtension = (value: unknown): value is Extension =>
  typeof value === 'object' && value !== null && 'name' in value && 'setup' in value;

function noExtension({ name, place }: NeededExtension): ProblemError {
  const own = PACKAGES[name];
  return new ProblemError({
    code: 'database/no-extension',
    message: `the embedded database (PGlite) needs the extension ${name}, ${own === undefined ? 'which PGlite does not have' : `whose package ${packageOf(own)} is not installed`}.`,
    ...(place !== undefined && { places: [place] }),
    fix:
      own === undefined
        ? 'use a Postgres server that has it: set DATABASE_URL, or `database` of testSchema().'
        : `npm install --save-dev ${packageOf(own)}`,
  });
}
