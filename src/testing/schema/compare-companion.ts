import { companionObjects } from './companion-objects.ts';
import type { Publication } from '../../model/publication.ts';
import type { Schema } from '../../model/schema.ts';
import { schemaOf } from '../../model/table-id.ts';
import { ACCESS_SCHEMA } from '../../model/access.ts';
import { ROLLUP_SCHEMA } from '../../model/rollup.ts';
import { quoteTable } from '../../model/quote-sql.ts';
import type { PostgresClient } from '../access/postgres-world.ts';
import { snapshotCompanion } from './snapshot-companion.ts';

/** An object that differs from the companion SQL of the definitions. */
export interface CompanionDifference {
  readonly object: string;
  /** Absent if the object should not exist. */
  readonly expected?: string;
  /** Absent if the object does not exist. */
  readonly found?: string;
}

/**
 * Runs the companion SQL again and returns the objects that change: policies, grants,
 * functions, triggers, the publication. If the migrations match the definitions, nothing
 * changes. Call it inside a savepoint.
 */
export async function compareCompanion(
  client: PostgresClient,
  schema: Schema,
  publication: Publication | undefined,
): Promise<readonly CompanionDifference[]> {
  const { before, after } = await companionBothTimes(client, schema, publication);
  return differencesOf(before, after);
}

/** Objects by name, as Postgres prints them. */
export type CompanionSnapshot = Readonly<Record<string, string>>;

/** The objects as they are, and after the companion SQL has run again. */
export async function companionBothTimes(
  client: PostgresClient,
  schema: Schema,
  publication: Publication | undefined,
): Promise<{ readonly before: CompanionSnapshot; readonly after: CompanionSnapshot }> {
  const objects = companionObjects(schema, publication);
  if (objects.length === 0) return { before: {}, after: {} };
  const { access, roleRules = [] } = schema;
  const before = await companionSnapshot(client, schema);
  const ruled = [
    ...Object.keys(access?.rules.tables ?? {}),
    ...roleRules.map(({ table }) => table),
  ];
  if (ruled.length > 0) await client.exec(await withoutPolicies(client, [...new Set(ruled)]));
  for (const { create } of objects) {
    for (const statement of create.split('--> statement-breakpoint')) await client.exec(statement);
  }
  return { before, after: await companionSnapshot(client, schema) };
}

/** The objects of a database in the schemas of the definitions. */
export function companionSnapshot(
  client: Pick<PostgresClient, 'query'>,
  { access, roleRules = [], tables, views }: Schema,
): Promise<CompanionSnapshot> {
  const schemas = [...new Set([...tables.map(schemaOf), 'public', ACCESS_SCHEMA, ROLLUP_SCHEMA])];
  const roles = [
    ...(access?.roles ?? []),
    ...roleRules.map(({ role }) => role),
    ...views.flatMap(({ readers = [] }) => readers),
  ];
  return snapshotCompanion(client, schemas, roles);
}

/** The objects that differ between a database and what it should have. */
export function differencesOf(
  has: CompanionSnapshot,
  needs: CompanionSnapshot,
): readonly CompanionDifference[] {
  return [...new Set([...Object.keys(has), ...Object.keys(needs)])]
    .filter((object) => has[object] !== needs[object])
    .sort()
    .map((object) => {
      const [found, expected] = [has[object], needs[object]];
      return {
        object,
        ...(expected !== undefined && { expected }),
        ...(found !== undefined && { found }),
      };
    });
}

/** Drops policies and grants that companion SQL would keep because they are not its own. */
async function withoutPolicies(client: PostgresClient, ruled: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ sql: string }>(
    `select format('drop policy %I on %s', polname, polrelid::regclass) as sql from pg_policy
    where polrelid = any ($1::text[]::regclass[])`,
    [ruled.map(quoteTable)],
  );
  const closed = ruled.map((table) => `revoke all on ${quoteTable(table)} from public`);
  return [...rows.map(({ sql }) => sql), ...closed].join(';\n');
}
