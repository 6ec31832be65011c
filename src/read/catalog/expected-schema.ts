import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Role } from '../../model/role.ts';
import type { Schema } from '../../model/schema.ts';
import { readCatalog, type CatalogQuery } from './read-catalog.ts';

/** An empty database that may be written to and thrown away. */
export interface ScratchDatabase {
  readonly query: CatalogQuery;
  /** Runs SQL that may hold several statements. */
  run(sql: string): PromiseLike<unknown>;
}

/**
 * What a database is like that was made from the definitions alone, so that Postgres itself
 * has printed every expression. `statements` make it from nothing; they come from the
 * definitions and not from migrations, whose own drift would otherwise go unseen.
 *
 * Postgres prints some things, views above all, differently in different versions: take a
 * scratch database of the version that the schema is compared with.
 *
 * What `readCatalog()` finds is compared with it by `compareSchemas()`, expressions included.
 */
export async function expectedSchema(
  definitions: Schema,
  statements: readonly string[],
  scratch: ScratchDatabase,
): Promise<Schema> {
  const roles = namedRoles(definitions);
  for (const { name } of roles.filter(({ existing }) => existing)) {
    await scratch.run(createRole(name));
  }
  for (const statement of statements) await scratch.run(statement);
  const made = await readCatalog(scratch.query);
  return {
    ...made,
    // Both belong to the server. A scratch database has other roles and may lack an extension.
    roles,
    extensions: definitions.extensions,
    views: [...made.views, ...definitions.views.filter(({ sql }) => sql === undefined)],
  };
}

/** The roles that the definitions create, and those that they only name. */
function namedRoles({ roles, policies, access }: Schema): readonly Role[] {
  const declared = new Set(roles.map(({ name }) => name));
  const others = new Set([...policies.flatMap((policy) => policy.roles), ...(access?.roles ?? [])]);
  return [
    ...roles,
    ...[...others]
      .filter((name) => !declared.has(name) && !KEYWORDS.has(name))
      .map((name) => ({
        name,
        existing: true,
        createDb: false,
        createRole: false,
        inherit: true,
      })),
  ];
}

/** What stands for a role and is none. */
const KEYWORDS = new Set(['public', 'current_role', 'current_user', 'session_user']);

const createRole = (name: string): string => `do $$
begin
  if not exists (select from pg_roles where rolname = ${quoteText(name)}) then
    create role ${quoteName(name)} nologin;
  end if;
end
$$;`;
