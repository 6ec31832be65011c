import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { ProblemError } from '../report/problem.ts';

const journalSchema = z.object({
  dialect: z.literal('postgresql').optional(),
  entries: z.array(
    // A tag becomes a file name: one that leaves the folder is not drizzle-kit's.
    z.object({ when: z.int(), tag: z.string().regex(/^[^/\\]+$/, 'a tag is a file name') }),
  ),
});

export interface JournalEntry {
  readonly tag: string;
  readonly when: number;
}

/** Reads `meta/_journal.json`, in which drizzle-kit keeps the order of the files. */
export function readJournal(folder: string): readonly JournalEntry[] {
  const path = join(folder, 'meta', '_journal.json');
  if (!existsSync(path)) {
    throw new ProblemError({
      code: 'migrate/no-folder',
      message: existsSync(folder)
        ? 'the migrations folder has no meta/_journal.json.'
        : 'the migrations folder does not exist.',
      places: [{ file: folder }],
      fix: 'give the folder that drizzle-kit generate writes (`out` in drizzle.config.ts), or run drizzle-kit generate first.',
    });
  }
  const journal = journalSchema.safeParse(parseJson(path));
  if (!journal.success) throw journalError(path, z.prettifyError(journal.error));
  refuseDuplicates(path, journal.data.entries);
  return journal.data.entries;
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw journalError(path, error instanceof Error ? error.message : String(error));
  }
}

/** `created_at` is all that the database keeps of an entry, so two alike cannot be told apart. */
function refuseDuplicates(path: string, entries: readonly JournalEntry[]): void {
  const seen = new Map<string | number, string>();
  for (const { tag, when } of entries) {
    if (seen.has(tag)) throw journalError(path, `the tag ${tag} stands there twice.`);
    const other = seen.get(when);
    if (other !== undefined) {
      throw journalError(path, `${other} and ${tag} have the same time, ${String(when)}.`);
    }
    seen.set(tag, tag).set(when, tag);
  }
}

function journalError(path: string, reason: string): ProblemError {
  return new ProblemError({
    code: 'migrate/journal',
    message: `the migrations journal cannot be used: ${reason}`,
    places: [{ file: path }],
    fix: 'restore the file from version control, or resolve the merge conflict in it: entries stand in the order in which they were generated, each with its own tag and a later `when`.',
  });
}
