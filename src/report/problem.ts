import type { NamedPlace } from './place.ts';

/** The part of the work that found a problem. */
export type Stage = 'config' | 'load' | 'read' | 'rules' | 'generate' | 'migrate';

/**
 * A mistake that the user can mend, as data. The command line prints it, tests
 * compare it, and tools read it with `--json`; nothing parses the sentence.
 */
export interface Problem {
  /** Stable and grouped, for example `migrate/edited`. Safe to match on. */
  readonly code: string;
  /**
   * The database object it is about, with its schema: `public.posts.author_id`. A
   * relation exists in the code alone: `posts.author`.
   */
  readonly object?: string;
  /** Files, with lines where they are known. */
  readonly places?: readonly NamedPlace[];
  /** What else tells where: a database, an address, a session, the text of a statement. */
  readonly context?: readonly string[];
  /** One sentence: what was found. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  readonly stage?: Stage;
}

/**
 * Something about a schema that its author should know. Findings are collected
 * and told together; errors among them make a command end with 1.
 */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
  /** Settings of garden.config.ts that it is about; `placeSettings` makes places of them. */
  readonly settings?: readonly SettingPath[];
}

/** `['zero', 'tables', 'posts']` */
export type SettingPath = readonly string[];

/** Thrown for a {@link Problem}. Anything else that is thrown is a defect of ours. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;
  /** What else was found with it: all that a person can mend at once is told at once. */
  readonly others: readonly Problem[];

  constructor(problem: Problem, options?: ErrorOptions & { readonly others?: readonly Problem[] }) {
    super(problem.message, options);
    this.problem = problem;
    this.others = options?.others ?? [];
  }
}
