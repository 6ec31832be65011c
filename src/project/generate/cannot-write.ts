import { ProblemError } from '../../report/problem.ts';
import { systemReason } from '../system-reason.ts';

/** A folder that is read-only, or is a file, is a user error; other errors are passed on. */
export function cannotWrite(path: string, error: unknown): unknown {
  const reason = systemReason(error, 'the file system does not allow a folder there');
  if (reason === undefined) return error;
  return new ProblemError(
    {
      code: 'generate/cannot-write',
      message: `files cannot be written there: ${reason}.`,
      places: [{ file: path }],
      fix: 'choose another folder, or make this one writable.',
    },
    { cause: error },
  );
}
