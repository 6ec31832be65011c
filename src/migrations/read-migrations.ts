import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError } from '../report/problem.ts';
import type { Migration } from './migration.ts';
import { readJournal, type JournalEntry } from './read-journal.ts';
import { splitStatements } from './split-statements.ts';

/**
 * Reads a folder that drizzle-kit wrote, in the journal's order.
 *
 * @example
 * readMigrations('drizzle').map((migration) => migration.tag); // ['0000_first', '0001_second']
 */
export function readMigrations(folder: string): readonly Migration[] {
  const { entries } = readJournal(folder) ?? refuseFolder(folder);
  refuseStrayFiles(folder, entries);
  return entries.map((entry) => readMigration(folder, entry));
}

function refuseFolder(folder: string): never {
  throw new ProblemError({
    code: 'migrate/no-folder',
    message: existsSync(folder)
      ? 'the migrations folder has no meta/_journal.json.'
      : 'the migrations folder does not exist.',
    places: [{ file: folder }],
    fix: 'give the folder that drizzle-kit generate writes (`out` in drizzle.config.ts), or run drizzle-kit generate first.',
  });
}

function readMigration(folder: string, { tag, when }: JournalEntry): Migration {
  const file = join(folder, `${tag}.sql`);
  if (!existsSync(file)) {
    throw new ProblemError({
      code: 'migrate/missing-file',
      message: `the journal lists ${tag}, but its file is not there.`,
      places: [{ file }],
      fix: 'restore the file from version control; was it left out of a commit or of the image?',
    });
  }
  const text = readFileSync(file, 'utf8');
  return {
    tag,
    file,
    when,
    hash: sha256(text),
    sameTextHashes: lineEndingHashes(text),
    statements: splitStatements(text),
  };
}

/**
 * Git on Windows checks a file out with CRLF, and Drizzle hashes the bytes as
 * they lie there. The row a Linux server wrote must still match, so line endings
 * alone are no edit. What is recorded stays Drizzle's own hash.
 */
function lineEndingHashes(text: string): readonly string[] {
  const unix = text.replaceAll('\r\n', '\n');
  return [sha256(text), sha256(unix), sha256(unix.replaceAll('\n', '\r\n'))];
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function refuseStrayFiles(folder: string, entries: readonly JournalEntry[]): void {
  const known = new Set(entries.map((entry) => `${entry.tag}.sql`));
  const stray = readdirSync(folder).filter((name) => name.endsWith('.sql') && !known.has(name));
  if (stray.length === 0) return;
  throw new ProblemError({
    code: 'migrate/stray-file',
    message: `the journal does not list ${stray.length === 1 ? 'a file' : 'files'} of the migrations folder, so nothing would ever run ${stray.length === 1 ? 'it' : 'them'}.`,
    places: stray.map((name) => ({ file: join(folder, name) })),
    fix: 'add SQL of your own with `drizzle-kit generate --custom`, which writes the journal too; move anything else out of the folder.',
  });
}
