import type { Access } from '../../model/access.ts';
import type { AccessRules, Operation } from '../../model/rule.ts';
import type { Enforcer } from './enforcer.ts';
import type { PostgresClient } from './postgres-world.ts';
import type { ConditionCoverage } from './rule-coverage.ts';
import type { SearchCount } from './search-enforcer.ts';

export interface CompareAccessOptions {
  /** A migrated database. The comparison restores its state. */
  readonly client: PostgresClient;
  /** The rules that the database should enforce. */
  readonly rules: AccessRules;
  /** The database role that runs requests of principals. */
  readonly role?: string;
  /**
   * With `supabase`, principals without a subject run as `anon` and the others as
   * `authenticated`, and each subject is a uuid, as in Supabase's tokens.
   */
  readonly preset?: Access['preset'];
  /** The exports of the schema: the functions of its `rowSearch()` are called too. */
  readonly schema?: Record<string, unknown>;
  /** Further enforcers, in addition to the database and the guards. */
  readonly enforcers?: readonly Enforcer[];
  /** Number of cases to compare. A case is one set of rows, one principal, one table and one operation. */
  readonly cases?: number;
  /** Number of questions to compare, instead of cases. A question is one query or one write of a principal. */
  readonly questions?: number;
  /** Stops after this time. */
  readonly milliseconds?: number;
  /** The same seed draws the same rows and principals. Default: random. */
  readonly seed?: number;
  /** Called after each set of rows; an error that it throws ends the comparison. */
  readonly onProgress?: (progress: { readonly questions: number }) => void;
  /** Receives what was asked and covered, line by line: `console.log`. */
  readonly print?: (line: string) => void;
}

/** Result of a comparison. */
export interface AccessComparison {
  readonly cases: number;
  /** Number of sets of rows. */
  readonly worlds: number;
  readonly questions: number;
  readonly seed: number;
  /** Names of the compared enforcers. They include guarded reads if `@rocicorp/zero` is installed. */
  readonly enforcers: readonly string[];
  /** Share of cases that had both an allowed and a denied row, among the cases where both were possible. */
  readonly telling: number;
  /** The same share by operation, among all cases. */
  readonly mixed: Readonly<Record<Operation, number>>;
  /** The conditions of the rules that some cases met and others did not. */
  readonly coverage: ConditionCoverage;
  /** The calls of search functions, by name. */
  readonly searches: Readonly<Record<string, Readonly<SearchCount>>>;
}
