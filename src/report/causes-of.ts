/** An error and its chain of causes. Drizzle wraps driver errors, and callers may wrap them again. */
export function* causesOf(error: unknown): Generator<Error> {
  // The limit ends a cyclic chain.
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    yield at;
  }
}
