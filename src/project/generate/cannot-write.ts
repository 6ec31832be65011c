import { ProblemError } from '../../report/problem.ts';
import { systemReason } from '../system-reason.ts';

/** A folder that is read-only, or is a file, is a mistake in the asking; what else fails is passed on. */
export function cannotWrite(path: string, error: unknown): unknown {
  const reason = systemReason(error, 'the file system makes no folder there');
  if (reason === undefined) return error;
  return new ProblemError(
    {
      code: 'generate/cannot-write',
      message: `nothing can be written there: ${reason}.`,
      places: [{ file: path }],
      fix: 'name another folder, or make this one writable.',
    },
    { cause: error },
  );
}
