import { getTableColumns } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { ClaimDeclaration, Rule, Scalar } from '../../model/rule.ts';
import { realColumn } from '../column.ts';
import { markOf, markTable } from '../mark.ts';
import { declareClaims, type ClaimInput, type DeclaredClaims } from './claims.ts';
import { scalarOf } from './portable-value.ts';
import type { AccessDefinition, WrittenRules } from './remembered-access.ts';
import { refuseImmutable, refuseNoColumns, refuseUnknown } from './refuse-misuse.ts';
import { refuseUnsound } from './refuse-unsound.ts';
import { idOf, wrongTable } from './rule-origin.ts';

/** Source of the principal's claims, and the database roles that the policies apply to. */
export interface AccessSettings<Input extends Record<string, ClaimInput>> {
  /** Claims in addition to `sub` (a uuid) and `roles` (a list of text). */
  readonly claims?: Input;
  /**
   * `postgres`, the default: one application role, and claims from the setting
   * `request.jwt.claims`, as PostgREST sets it. `supabase`: the roles `anon` and
   * `authenticated`, and `auth.uid()`.
   */
  readonly preset?: 'postgres' | 'supabase';
  /** The application's database role under the preset `postgres`. */
  readonly role?: string;
}

/** Rules of one table. An operation without a rule is denied. */
export interface AccessInput {
  readonly read?: Rule;
  /** Checked on the new row. */
  readonly insert?: Rule;
  /** Checked on the old row and on the new row. Pass `from` and `to` if the two rules differ. */
  readonly update?: Rule | { readonly from: Rule; readonly to: Rule };
  readonly delete?: Rule;
  /** Columns that no update may change. The primary key is always immutable. */
  readonly immutable?: readonly AnyPgColumn[];
}

/** Result of {@link defineAccess}: claims for use in rules, and `access`, which adds rules to a table. */
export interface Access<Input extends Record<string, ClaimInput>> {
  readonly claims: DeclaredClaims<Input>;
  /**
   * Sets the rules of a table, in its third argument. `garden generate` writes the
   * policies and grants into a migration. The returned array is always empty, because
   * drizzle-kit has nothing to write. Add `.enableRLS()` to the table, so that it is
   * closed until the policies exist.
   *
   * @example
   * const notes = pgTable('notes', { id: id(), createdBy: uuid('created_by').notNull() }, (t) => [
   *   ...access(t, { read: anyone, insert: owner(t.createdBy), delete: owner(t.createdBy) }),
   * ]).enableRLS();
   */
  access(columns: Readonly<Record<string, AnyPgColumn>>, input: AccessInput): never[];
}

/**
 * Declares the claims of a schema, and returns the function that adds rules to its
 * tables. Call it once per schema.
 *
 * @example
 * const { access, claims } = defineAccess({ claims: { organisations: 'uuid[]' } });
 */
export function defineAccess<const Input extends Record<string, ClaimInput> = {}>(
  settings: AccessSettings<Input> = {},
): Access<Input> {
  refuseUnknown(settings, ['claims', 'preset', 'role'], 'defineAccess()');
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
      refuseNoColumns(first);
      if (!first) throw new TypeError('access() needs a table with columns');
      const table = first.table as PgTable;
      refuseUnknown(input, OPERATIONS, `access() of ${idOf(table)}`);
      const rules = writtenRules(table, input);
      const warnings = refuseUnsound(rules, definition, table);
      markTable(table, 'access', { definition, rules, warnings });
      return [];
    },
  };
}

const OPERATIONS = ['read', 'insert', 'update', 'delete', 'immutable'];

function writtenRules(table: PgTable, input: AccessInput): WrittenRules {
  const nobody: Rule = { op: 'nobody' };
  const { read = nobody, insert = nobody, update = nobody } = input;
  const columns = Object.values(getTableColumns(table));
  const { immutable = [] } = input;
  refuseImmutable(immutable, `access() of ${idOf(table)}`);
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
