/** A subject that was tested against the database. */
export interface Tried {
  /** `check posts.posts_title_check` */
  readonly subject: string;
  /** Number of statements or values. */
  readonly times: number;
}

/** A subject that was not tested, with the reason. */
export interface Untried {
  readonly subject: string;
  readonly reason: string;
}

/** A subject that differs from the definitions. */
export interface SchemaFailure {
  readonly subject: string;
  readonly message: string;
  readonly fix?: string;
}

/** Collects the results per subject. An expected subject without a result is a failure too. */
export class Coverage {
  readonly #expected: readonly string[];
  readonly #accepted: Readonly<Record<string, string>>;
  readonly #tried = new Map<string, number>();
  readonly #untried = new Map<string, string>();
  readonly #failures = new Map<string, SchemaFailure>();

  /** `accepted`: subjects that the user declares as untestable, with reasons. */
  constructor(expected: readonly string[], accepted: Readonly<Record<string, string>> = {}) {
    this.#expected = expected;
    this.#accepted = accepted;
  }

  tried(subject: string, times = 1): void {
    this.#tried.set(subject, (this.#tried.get(subject) ?? 0) + times);
  }

  untried(subject: string, reason: string): void {
    if (!this.#untried.has(subject)) this.#untried.set(subject, reason);
  }

  /** Keeps only the first failure of a subject, because it usually causes the others. */
  failed(subject: string, message: string, fix?: string): void {
    if (this.#failures.has(subject)) return;
    this.#failures.set(subject, { subject, message, ...(fix !== undefined && { fix }) });
  }

  result(): {
    readonly tried: readonly Tried[];
    readonly untried: readonly Untried[];
    readonly failures: readonly SchemaFailure[];
  } {
    const reasonOf = (subject: string): string | undefined =>
      this.#accepted[subject] ?? this.#accepted[subject.slice(subject.lastIndexOf('.') + 1)];
    for (const subject of this.#expected) {
      if ([this.#tried, this.#untried, this.#failures].some((map) => map.has(subject))) continue;
      this.failed(
        subject,
        'no test covers it.',
        `if it cannot be tested, state the reason: untried: { '${subject}': 'the reason' }.`,
      );
    }
    const accepted = [...this.#failures.keys()].flatMap((subject) => {
      const reason = reasonOf(subject);
      return reason === undefined ? [] : [{ subject, reason }];
    });
    const known = new Set(accepted.map(({ subject }) => subject));
    return {
      tried: [...this.#tried]
        .filter(([subject]) => !this.#failures.has(subject))
        .map(([subject, times]) => ({ subject, times })),
      untried: [
        ...[...this.#untried]
          .filter(([subject]) => !this.#tried.has(subject) && !this.#failures.has(subject))
          .map(([subject, reason]) => ({ subject, reason })),
        ...accepted,
      ],
      failures: [...this.#failures.values()].filter(({ subject }) => !known.has(subject)),
    };
  }
}
