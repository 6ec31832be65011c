import type { ClaimDeclaration, TableRules } from '../../model/rule.ts';
import type { Finding } from '../../report/problem.ts';

/** What the rules of a table are enforced with; all tables of a schema share it. */
export interface AccessDefinition {
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  readonly preset: 'postgres' | 'supabase';
  readonly roles: readonly string[];
}

/** A table's rules as its definition remembers them. */
export interface RememberedAccess {
  readonly definition: AccessDefinition;
  readonly rules: WrittenRules;
  /** What its author should know about rules that are not refused. */
  readonly warnings: readonly Finding[];
}

/**
 * Rules as they were written. The table's key is not known yet: a composite key
 * stands in the same third argument as the rules.
 */
export type WrittenRules = Omit<TableRules, 'key'>;
