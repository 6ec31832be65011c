import { ProblemError } from '../../problem.ts';

/** A folder that is read-only, or is a file, is a mistake in the asking; what else fails is passed on. */
export function cannotWrite(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !REASONS.has(String(error.code))) {
    return error;
  }
  return new ProblemError(
    {
      code: 'generate/cannot-write',
      message: `nothing can be written there: ${REASONS.get(String(error.code))}.`,
      at: [path],
      fix: 'name another folder, or make this one writable.',
    },
    { cause: error },
  );
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'you may not'],
  ['EPERM', 'you may not'],
  ['EROFS', 'the file system is read-only'],
  ['ENOENT', 'the file system makes no folder there'],
  ['ENOTDIR', 'a part of the path is a file'],
  ['EEXIST', 'a part of the path is a file'],
  ['EISDIR', 'it is a folder'],
  ['ENOSPC', 'the disk is full'],
]);
