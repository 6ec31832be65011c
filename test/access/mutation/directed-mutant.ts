/** A mistake in the source, and what notices it. */
export interface DirectedMutant {
  readonly name: string;
  readonly file: string;
  /** The text to replace; it occurs once in the file. */
  readonly from: string;
  readonly to: string;
  /** The enforcer that then disagrees with the oracle, or the test that fails. */
  readonly by: Catcher;
}

type Catcher = 'policies' | 'guard' | 'guard behind policies' | 'reads' | `${string}.test.ts`;

/** The mutants of one file. */
export const mutantsOf =
  (file: string) =>
  (by: Catcher, name: string, from: string, to: string): DirectedMutant => ({
    name,
    file,
    from,
    to,
    by,
  });
