import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, type Problem } from '../report/problem.ts';
import { requireVersions } from '../report/require-versions.ts';
import type { Migration } from './migration.ts';
import { readJournal, type Journal, type JournalEntry } from './read-journal.ts';
import { splitStatements } from './split-statements.ts';

/**
 * Reads a migrations folder of drizzle-kit, in the order of the journal.
 *
 * @example
 * readMigrations('drizzle').map((migration) => migration.tag); // ['0000_first', '0001_second']
 */
export function readMigrations(folder: string): readonly Migration[] {
  requireVersions(['zod']);
  const journal = readJournal(folder) ?? refuseFolder(folder);
  refuseStrayFiles(folder, journal.entries);
  return readListedMigrations(folder, journal);
}

/** The migrations of a journal, also in a folder with files that it does not list. */
export function readListedMigrations(
  folder: string,
  journal: Journal | undefined,
): readonly Migration[] {
  refuseMissingFiles(folder, journal);
  return (journal?.entries ?? []).map((entry) => readMigration(folder, entry));
}

function refuseFolder(folder: string): never {
  throw new ProblemError({
    code: 'migrate/no-folder',
    message: existsSync(folder)
      ? 'the migrations folder has no meta/_journal.json.'
      : 'the migrations folder does not exist.',
    places: [{ file: folder }],
    fix: 'name the folder that drizzle-kit generate writes (`out` in drizzle.config.ts), or run drizzle-kit generate first.',
  });
}

/** Refuses a journal that lists migrations without a file. */
export function refuseMissingFiles(folder: string, journal: Journal | undefined): void {
  const [first, ...others] = (journal?.entries ?? [])
    .map(({ tag }) => ({ tag, file: join(folder, `${tag}.sql`) }))
    .filter(({ file }) => !existsSync(file))
    .map(({ tag, file }): Problem => ({
      code: 'migrate/missing-file',
      message: `the journal lists ${tag}, but its file is missing.`,
      places: [{ file }],
      fix: 'restore the file from version control, and check that commits and images include it.',
    }));
  if (first) throw new ProblemError(first, { others });
}

function readMigration(folder: string, { tag, when }: JournalEntry): Migration {
  const file = join(folder, `${tag}.sql`);
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
 * Hashes of the text with each kind of line endings. Git on Windows checks files out
 * with CRLF, and Drizzle hashes the bytes, but a row from a Linux server must still
 * match. The recorded hash is always Drizzle's.
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
    message: `the journal does not list ${stray.length === 1 ? 'a file' : 'files'} of the migrations folder, so ${stray.length === 1 ? 'it' : 'they'} would never run.`,
    places: stray.map((name) => ({ file: join(folder, name) })),
    fix: 'add custom SQL with `drizzle-kit generate --custom`, which also updates the journal; move other files out of the folder.',
  });
}
