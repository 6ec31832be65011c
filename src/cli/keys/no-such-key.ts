import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';

/** The problem that a ring does not contain a key. */
export function noSuchKey(
  id: string,
  source: string,
  entries: readonly { readonly id: string }[],
): ProblemError {
  const ids = entries.map((entry) => entry.id);
  const nearest = nearestName(id, ids);
  return new ProblemError({
    code: 'secrets/no-such-key',
    message: `the key ring in ${source} has no key ${JSON.stringify(id)}.`,
    fix:
      nearest !== undefined
        ? `did you mean ${nearest}?`
        : ids.length > 0
          ? `its keys are: ${ids.join(', ')}.`
          : '`garden keys new` makes a key.',
  });
}
