import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { journalFile } from './journal-file.ts';
import { ProblemError } from '../report/problem.ts';

/** drizzle-kit's list of migrations, in the order in which they run. */
export interface Journal {
  readonly version?: string;
  /** drizzle-kit before 0.21 wrote `pg`. */
  readonly dialect?: 'postgresql' | 'pg';
  readonly entries: readonly JournalEntry[];
}

export interface JournalEntry {
  readonly idx: number;
  /** In milliseconds. Drizzle skips a migration that is older than the last applied one. */
  readonly when: number;
  readonly tag: string;
}

/** Created on first use: with Zod 3 it throws, and the version check must run first. */
const journalSchema = () =>
  z.object({
    version: z.string().optional(),
    dialect: z.enum(['postgresql', 'pg']).optional(),
    entries: z.array(
      z.object({
        idx: z.int(),
        when: z.int(),
        // A tag becomes a file name, so it must not contain path separators.
        tag: z.string().regex(/^[^/\\]+$/, 'a tag is a file name'),
      }),
    ),
  });

/** Reads the journal of a migrations folder; `undefined` before the first migration. */
export function readJournal(folder: string): Journal | undefined {
  const file = journalFile(folder);
  if (!existsSync(file)) return undefined;
  const value = parseJson(file);
  const { error } = journalSchema().safeParse(value, { reportInput: true });
  const issue = error?.issues[0];
  if (issue?.path[0] === 'dialect') throw otherDialect(file, issue);
  if (issue) throw journalError(file, explain(issue));
  // Returns the input, not Zod's output: the journal is rewritten from it, with all keys in
  // the same order.
  const journal = value as Journal;
  refuseDuplicates(file, journal.entries);
  return journal;
}

/** Describes the first difference from what drizzle-kit writes. */
function explain({ path, input, code }: z.core.$ZodIssue): string {
  const name = path.reduce<string>(
    (above, key) => (typeof key === 'number' ? `${above}[${key}]` : `${above}.${String(key)}`),
    '',
  );
  const what = name.replace(/^\./, '') || 'it';
  if (input === undefined) return `${what} is missing.`;
  const found = JSON.stringify(input);
  return code === 'invalid_format'
    ? `${what} is ${found}, which is not a file name.`
    : `${what} has the invalid value ${found}.`;
}

const otherDialect = (file: string, { input }: z.core.$ZodIssue): ProblemError =>
  new ProblemError({
    code: 'migrate/journal',
    message: `the migrations are for ${JSON.stringify(input)}, and garden only supports Postgres.`,
    places: [{ file }],
    fix: 'set `out` in drizzle.config.ts to another folder, and generate the Postgres migrations there.',
  });

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw journalError(file, error instanceof Error ? error.message : String(error));
  }
}

/** The database identifies an entry by `created_at` alone, so times must be unique. */
function refuseDuplicates(file: string, entries: readonly JournalEntry[]): void {
  const seen = new Map<string | number, string>();
  for (const { tag, when } of entries) {
    if (seen.has(tag)) throw journalError(file, `the tag ${tag} occurs twice.`);
    const other = seen.get(when);
    if (other !== undefined) {
      throw journalError(file, `${other} and ${tag} have the same time, ${String(when)}.`);
    }
    seen.set(tag, tag).set(when, tag);
  }
}

function journalError(file: string, reason: string): ProblemError {
  return new ProblemError({
    code: 'migrate/journal',
    message: `the migrations journal cannot be used: ${reason}`,
    places: [{ file }],
    fix: 'restore the file from version control, or resolve the merge conflict in it: entries are in the order of their generation, each with a unique tag and a later `when` than the one before.',
  });
}
