/**
 * A mistake that the user can mend, as data. The command line prints it, tests
 * compare it, and tools read it with `--json`; nothing parses the sentence.
 */
export interface Problem {
  /** Stable and grouped, for example `migrate/edited`. Safe to match on. */
  readonly code: string;
  /** One sentence: what was found. */
  readonly message: string;
  /** Where: files with lines, tables with columns, one place an entry. */
  readonly at?: readonly string[];
  /** What to do about it. */
  readonly fix: string;
}

/**
 * Something about a schema that its author should know. Findings are collected
 * and told together; errors among them make a command end with 1.
 */
export interface Finding extends Problem {
  readonly severity: 'error' | 'warning';
}

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

/**
 * Lays a problem out for a person.
 *
 * @example
 * formatProblem({ code: 'kit/no-values', message: 'an enumeration is empty.', fix: 'list one.' })
 * // kit/no-values: an enumeration is empty.
 * //     fix list one.
 */
export function formatProblem(problem: Problem): string {
  const places = (problem.at ?? []).map((place) => `    at  ${indent(place)}`);
  return [`${problem.code}: ${problem.message}`, ...places, `    fix ${indent(problem.fix)}`].join(
    '\n',
  );
}

const indent = (text: string): string => text.replaceAll('\n', '\n        ');
