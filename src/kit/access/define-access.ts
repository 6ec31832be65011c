import { getTableColumns } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { ClaimDeclaration, Rule, Scalar } from '../../model/rule.ts';
import { realColumn } from '../column.ts';
import { markOf, markTable } from '../mark.ts';
import { declareClaims, type ClaimInput, type DeclaredClaims } from './claims.ts';
import { scalarOf } from './portable-value.ts';
import type { AccessDefinition, WrittenRules } from './remembered-access.ts';
import { refuseUnsound } from './refuse-unsound.ts';
import { idOf, wrongTable } from './rule-origin.ts';

/** Where the principal's claims come from, and which database roles the policies are for. */
export interface AccessSettings<Input extends Record<string, ClaimInput>> {
  /** Claims of your own, beside `sub` (a uuid) and `roles` (a list of words). */
  readonly claims?: Input;
  /**
   * `postgres`, the default: one role of the application's, claims from the
   * setting `request.jwt.claims`, as PostgREST sets it. `supabase`: the roles
   * `anon` and `authenticated`, and `auth.uid()`.
   */
  readonly preset?: 'postgres' | 'supabase';
  /** The application's database role under the preset `postgres`. */
  readonly role?: string;
}

/** Rules of one table. An operation without a rule is denied. */
export interface AccessInput {
  readonly read?: Rule;
  /** Asked of the new row. */
  readonly insert?: Rule;
  /** Asked of the row before and of the row after; give both where they differ. */
  readonly update?: Rule | { readonly from: Rule; readonly to: Rule };
  readonly delete?: Rule;
  /** Columns that no update may change. The key never may. */
  readonly immutable?: readonly AnyPgColumn[];
}

/** What {@link defineAccess} gives: the claims, to write rules with, and `access`, to put them into tables. */
export interface Access<Input extends Record<string, ClaimInput>> {
  readonly claims: DeclaredClaims<Input>;
  /**
   * The rules of a table, for its third argument. The table remembers them, and
   * `garden generate` writes the policies and grants into a migration. The array is
   * always empty: drizzle-kit has nothing to write. Add `.enableRLS()` to the table,
   * so that it is closed until the policies are there.
   *
   * @example
   * const notes = pgTable('notes', { id: id(), createdBy: uuid('created_by').notNull() }, (t) => [
   *   ...access(t, { read: anyone, insert: owner(t.createdBy), delete: owner(t.createdBy) }),
   * ]).enableRLS();
   */
  access(columns: Readonly<Record<string, AnyPgColumn>>, input: AccessInput): never[];
}

/**
 * Declares the claims of a schema, once, and gives the function that puts rules
 * into its tables.
 *
 * @example
 * const { access, claims } = defineAccess({ claims: { organisations: 'uuid[]' } });
 */
export function defineAccess<const Input extends Record<string, ClaimInput> = {}>(
  settings: AccessSettings<Input> = {},
): Access<Input> {
  const { preset = 'postgres', role = 'app_user' } = settings;
  const claims = declareClaims(settings.claims ?? ({} as Input));
  const definition: AccessDefinition = {
    claims: Object.fromEntries(
      Object.values<{ claim: string; declaration: ClaimDeclaration }>(claims).map(
        ({ claim, declaration }) => [claim, declaration],
      ),
    ),
    preset,
    roles: preset === 'supabase' ? ['anon', 'authenticated'] : [role],
  };
  return {
    claims,
    access(columns, input) {
      const [first] = Object.values(columns);
      if (!first) throw new TypeError('access() needs a table with columns');
      const table = first.table as PgTable;
      const rules = writtenRules(table, input);
      const warnings = refuseUnsound(rules, definition, table);
      markTable(table, 'access', { definition, rules, warnings });
      return [];
    },
  };
}

function writtenRules(table: PgTable, input: AccessInput): WrittenRules {
  const nobody: Rule = { op: 'nobody' };
  const { read = nobody, insert = nobody, update = nobody } = input;
  const columns = Object.values(getTableColumns(table));
  const { immutable = [] } = input;
  const stranger = immutable.find((column) => column.table !== table);
  if (stranger) throw wrongTable(stranger.table, table, `${idOf(table)} immutable`);
  return {
    table: idOf(table),
    columns: Object.fromEntries(
      columns.flatMap((column): [string, Scalar][] => {
        const scalar = scalarOf(column);
        return scalar && !markOf(column, 'serverOnly') ? [[column.name, scalar]] : [];
      }),
    ),
    read,
    insert,
    update: 'from' in update ? update : { from: update, to: update },
    delete: input.delete ?? nobody,
    serverOnly: columns
      .filter((column) => markOf(column, 'serverOnly'))
      .map((column) => column.name),
    immutable: immutable.map((column) => realColumn(column).name),
  };
}
