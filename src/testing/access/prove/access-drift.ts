import { sql } from 'drizzle-orm';
import { ACCESS_SCHEMA } from '../../../model/access.ts';
import { quoteTable } from '../../../model/quote-sql.ts';
import type { Schema } from '../../../model/schema.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { rowsOf } from '../../../postgres/rows-of.ts';
import {
  companionBothTimes,
  companionSnapshot,
  differencesOf,
  type CompanionDifference,
  type CompanionSnapshot,
} from '../../schema/compare-companion.ts';
import type { PostgresClient } from '../postgres-world.ts';

/** A policy, grant, function or setting that differs from the rules. */
export type AccessDrift = CompanionDifference;

/** The objects that enforce the rules: as they are in the database, and as the rules require them. */
export interface EnforcedRules {
  readonly has: CompanionSnapshot;
  readonly needs: CompanionSnapshot;
}

/** Reads a migrated database of the caller, and restores it. */
export async function enforcedRules(
  client: PostgresClient,
  schema: Schema,
): Promise<EnforcedRules> {
  await client.exec('begin');
  try {
    const { before, after } = await companionBothTimes(client, schema, undefined);
    return { has: ofAccess(before, schema), needs: ofAccess(after, schema) };
  } finally {
    await client.exec('rollback');
  }
}

/** The objects of the access rules in which the migrations differ from the rules. */
export const migrationDrift = ({ has, needs }: EnforcedRules): readonly AccessDrift[] =>
  differencesOf(has, needs);

/** The objects of the access rules in which another database differs from the rules. */
export async function databaseDrift(
  db: AnyDatabase,
  schema: Schema,
  { needs }: EnforcedRules,
): Promise<readonly AccessDrift[]> {
  const client: Pick<PostgresClient, 'query'> = {
    query: async <Row>(text: string) => ({ rows: [...(await rowsOf<Row>(db, sql.raw(text)))] }),
  };
  // Postgres prints names without their schema if it is in the search path.
  await client.query(`select set_config('search_path', 'public', false)`);
  return differencesOf(ofAccess(await companionSnapshot(client, schema), schema), needs);
}

/** The objects that enforce access rules: those of tables with rules, the schema `access`, and searches. */
function ofAccess(all: CompanionSnapshot, { access, tables: own }: Schema): CompanionSnapshot {
  const searches = own.flatMap((table) => (table.searches ?? []).map(({ name }) => name));
  const tables = Object.keys(access?.rules.tables ?? {}).flatMap((id) => {
    const quoted = quoteTable(id);
    return [id, quoted, quoted.replaceAll('"', ''), quoted.replace('"public".', '')];
  });
  const owners = new Set(tables);
  return Object.fromEntries(
    Object.entries(all).filter(([object]) => {
      const named = /^(?:policy|row-level security|grants on) (.*)$/s.exec(object)?.[1];
      if (named !== undefined) {
        return [...owners].some((table) => named === table || named.startsWith(`${table}.`));
      }
      return (
        object.startsWith(`function ${ACCESS_SCHEMA}.`) ||
        searches.some((name) => object.startsWith(`function ${name}(`)) ||
        object === `grants on schema ${ACCESS_SCHEMA}`
      );
    }),
  );
}
