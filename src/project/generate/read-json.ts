import { readFile } from 'node:fs/promises';
import { ProblemError } from '../../report/problem.ts';

/** A file of the migrations folder; `undefined` if it does not exist. */
export async function readJson<Value>(
  file: string,
  isValue: (value: unknown) => value is Value,
): Promise<Value | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    if (error.code === 'ENOTDIR') {
      throw damaged(file, 'part of its path is a file.', 'set `out` to a folder.');
    }
    throw damaged(file, error);
  });
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(file, error);
  }
  if (!isValue(value)) throw damaged(file, 'its content is not as expected.');
  return value;
}

const RESTORE =
  'restore it from version control; after a merge, keep one side completely and generate again.';

export function damaged(file: string, reason: unknown, fix: string = RESTORE): ProblemError {
  const text = reason instanceof Error ? reason.message : String(reason);
  return new ProblemError(
    {
      code: 'generate/damaged',
      message: `a file of the migrations folder cannot be read: ${text.split('\n')[0]}`,
      places: [{ file }],
      fix,
    },
    { cause: reason },
  );
}

/** Whether it is an object and not an array. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
