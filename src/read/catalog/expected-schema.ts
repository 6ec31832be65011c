import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { Role } from '../../model/role.ts';
import type { Schema } from '../../model/schema.ts';
import { readCatalog, type CatalogQuery } from './read-catalog.ts';

/** An empty database that may be modified and discarded. */
export interface ScratchDatabase {
  readonly query: CatalogQuery;
  /** Runs SQL that may contain several statements. */
  run(sql: string): PromiseLike<unknown>;
}

/**
 * The schema of a database that was created from the definitions alone, so that Postgres
 * itself has printed every expression. `statements` create it from scratch. They come from
 * the definitions and not from migrations, because drift in the migrations would otherwise
 * not be detected.
 *
 * Postgres prints some objects, above all views, differently in different versions: use a
 * scratch database of the same version as the compared database.
 *
 * `compareSchemas()` compares it with the result of `readCatalog()`, including expressions.
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
    // Roles and extensions belong to the server: a scratch database has other roles, and
    // may lack an extension.
    roles,
    extensions: definitions.extensions,
    views: [...made.views, ...definitions.views.filter(({ sql }) => sql === undefined)],
  };
}

/** The roles that the definitions create, and those that they only refer to. */
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

/** Keywords in the place of a role name. */
const KEYWORDS = new Set(['public', 'current_role', 'current_user', 'session_user']);

const createRole = (name: string): string => `do $$
begin
  if not exists (select from pg_roles where rolname = ${quoteText(name)}) then
    create role ${quoteName(name)} nologin;
  end if;
end
$$;`;
