import {
  closeSync,
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { ProblemError } from '../report/problem.ts';
import { parseRing, printEntry, type RingEntry } from './ring-text.ts';

const HEADER = `# The keys of garden: secret. The first one encrypts, and all of them decrypt.
# Keep this file out of version control, and apart from the backups of the database.`;

/**
 * Changes the ring in a file, or creates the file, which only its owner can read then. The file is
 * replaced as a whole, and keeps its comments, its owner and its mode. Of two changes at once, one
 * is refused.
 */
export function changeRing(
  file: string,
  change: (entries: readonly RingEntry[]) => readonly [RingEntry, ...RingEntry[]],
): void {
  const isNew = !existsSync(file);
  const target = isNew ? file : realpathSync(file);
  const draft = `${target}.new`;
  const handle = inFile(file, draft, () => openSync(draft, 'wx', 0o600));
  try {
    const text = isNew ? HEADER : inFile(file, draft, () => readFileSync(target, 'utf8'));
    const comments = text.split('\n').filter((line) => line.startsWith('#'));
    const entries = change(isNew ? [] : parseRing(text, file));
    inFile(file, draft, () => {
      writeSync(handle, [...comments, ...entries.map(printEntry), ''].join('\n'));
      if (!isNew) keepOwner(handle, target);
      fsyncSync(handle);
      renameSync(draft, target);
    });
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
}

function keepOwner(handle: number, target: string): void {
  const { mode, uid, gid } = statSync(target);
  // Only root may give a file away.
  if (process.getuid?.() === 0) fchownSync(handle, uid, gid);
  fchmodSync(handle, mode & 0o777);
}

function inFile<Result>(file: string, draft: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ProblemError(
      code === 'EEXIST'
        ? {
            code: 'secrets/ring-busy',
            message: 'another command changes the key ring.',
            places: [{ file }],
            fix: `wait until it ends. If none runs, a command was killed: delete ${draft}.`,
          }
        : {
            code: 'secrets/ring-file',
            message: `the key ring cannot be changed: ${code ?? String(error)}.`,
            places: [{ file }],
            fix: 'check the path and its permissions; the folder must be writable.',
          },
      { cause: error },
    );
  }
}
