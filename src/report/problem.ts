import type { NamedPlace } from './place.ts';

/** The stage that found a problem. */
export type Stage = 'config' | 'load' | 'read' | 'relations' | 'rules' | 'generate' | 'migrate';

/**
 * An error that the user can fix, as data. The command line prints it, tests compare
 * it, and tools read it with `--json`. Nothing parses the message.
 */
export interface Problem {
  /** Stable identifier with a group, for example `migrate/edited`. Safe to match on. */
  readonly code: string;
  /**
   * The database object, with its schema: `public.posts.author_id`. A relation exists
   * only in the code: `posts.author`.
   */
  readonly object?: string;
  /** Files, with lines if they are known. */
  readonly places?: readonly NamedPlace[];
  /** Other locations: a database, an address, a session, the text of a statement. */
  readonly context?: readonly string[];
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** How to fix it. */
  readonly fix: string;
  readonly stage?: Stage;
}

/**
 * A problem of a schema. Findings are collected and reported together; if one of them
 * is an error, the command exits with code 1.
 */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
  /** Related settings of garden.config.ts; `placeSettings` turns them into places. */
  readonly settings?: readonly SettingPath[];
  /** Complete lines to paste, if exactly one change fixes it. */
  readonly paste?: string;
}

/** `['zero', 'tables', 'posts']` */
export type SettingPath = readonly string[];

/** Thrown for a {@link Problem}. Any other error is a bug in this package. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** Further problems of the same run, so that the user can fix all of them at once. */
  readonly others: readonly Problem[];

  constructor(problem: Problem, options?: ErrorOptions & { readonly others?: readonly Problem[] }) {
    super(problem.message, options);
    this.problem = problem;
    this.others = options?.others ?? [];
  }
}
