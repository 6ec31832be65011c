/** An error and what is behind it: Drizzle wraps what a driver throws, and others wrap that again. */
export function* causesOf(error: unknown): Generator<Error> {
  // A chain that leads back to itself has no end.
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth += 1) {
    yield at;
  }
}
