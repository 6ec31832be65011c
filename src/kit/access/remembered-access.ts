import type { ClaimDeclaration, TableRules } from '../../model/rule.ts';
import type { Finding } from '../../report/problem.ts';

/** Settings of `defineAccess`. All tables of a schema share one definition. */
export interface AccessDefinition {
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  readonly preset: 'postgres' | 'supabase';
  readonly roles: readonly string[];
}

/** A table's rules, as `access` stores them on the table. */
export interface RememberedAccess {
  readonly definition: AccessDefinition;
  readonly rules: WrittenRules;
  /** Warnings about the rules. */
  readonly warnings: readonly Finding[];
}

/**
 * Rules as written. The table's key is not known yet, because a composite key is
 * declared in the same third argument as the rules.
 */
export type WrittenRules = Omit<TableRules, 'key'>;
