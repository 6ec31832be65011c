import type { Schema } from '../model/schema.ts';
import type { Finding, Problem } from '../report/problem.ts';

export const PRESETS = ['recommended', 'zero', 'house', 'supabase', 'patterns', 'gateway'] as const;

/** A named set of rules that a project enables as a whole. */
export type Preset = (typeof PRESETS)[number];

/**
 * The source of a schema. Some rules can only judge one of them. `database` is a live database or
 * SQL files, and `migrations` are their single statements.
 */
export type LintInput = 'definitions' | 'database' | 'migrations';

/** One violation of a rule. */
export interface Violation extends Required<
  Pick<Problem, 'object' | 'message' | 'fix' | 'places'>
> {
  /** The fix of a database or a SQL file, if `fix` is in Drizzle. */
  readonly sqlFix?: string;
  /** Set if exactly one change fixes it. */
  readonly paste?: Paste;
}

/** The lines that fix a violation, complete and ready to paste. */
export interface Paste {
  /** For a schema in Drizzle: an item of the table's third argument, or a column. */
  readonly drizzle?: string;
  /** For a database or a SQL file. */
  readonly sql?: string;
}

/** An option of a rule. Its type is the type of its default. */
export interface RuleOption<Value> {
  readonly default: Value;
  readonly help: string;
}

/**
 * A lint rule: its purpose, an example, and the function that finds violations. `Options` are the
 * options that garden.config.ts may set.
 */
export interface LintRule<Options extends object = object> {
  /** The rule's id, and the `code` of its findings: `lint/foreign-key-index`. */
  readonly code: string;
  readonly severity: Finding['severity'];
  /** The presets that enable it. A project's own rule may have none. */
  readonly presets: readonly Preset[];
  /** The requirement, in one sentence. */
  readonly title: string;
  /** The consequence of a violation. */
  readonly why: string;
  readonly example: RuleExample;
  readonly inputs: readonly LintInput[];
  /** Set if the rule depends on access rules. It is skipped if they cannot be read. */
  readonly readsAccess?: true;
  /**
   * The code that `garden generate` reports for the same problem, and that `zero` settings can
   * accept. The rule is skipped if the project has a `zero` part.
   */
  readonly planned?: `zero/${string}`;
  /** Codes of rules that contradict this one. Enabling both is an error of the configuration. */
  readonly opposite?: readonly string[];
  readonly options?: { readonly [Name in keyof Options]-?: RuleOption<Options[Name]> };
  check(schema: Schema, options: Options): readonly Violation[];
}

/** Versions of one small schema, in Drizzle, or in SQL if the rule judges databases only. */
export interface RuleExample {
  /** The rule reports it. */
  readonly bad: string;
  /** The same schema, corrected. The rule does not report it. */
  readonly good: string;
  /** Schemas that look like a violation but are not. */
  readonly alike?: readonly string[];
}

/**
 * Types a rule of a project. `presets` may be omitted: `validate.ownRules` enables the rule.
 *
 * @example
 * export const noViews = defineRule({
 *   code: 'acme/no-views',
 *   severity: 'error',
 *   title: 'The schema has no views.',
 *   why: 'Our sync service replicates tables only.',
 *   inputs: ['definitions', 'database'],
 *   example: { bad: '…', good: '…' },
 *   check: ({ views }) =>
 *     views.map(({ name }) => ({
 *       object: `public.${name}`,
 *       places: [],
 *       message: `${name} is a view.`,
 *       fix: 'write it as a query.',
 *     })),
 * });
 */
export const defineRule = <Options extends object = object>(
  rule: Omit<LintRule<Options>, 'presets'> & Partial<Pick<LintRule<Options>, 'presets'>>,
): LintRule<Options> => ({ presets: [], ...rule });
