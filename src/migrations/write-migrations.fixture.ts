import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JournalEntry } from './read-journal.ts';

type Entry = Pick<JournalEntry, 'tag' | 'when'>;

/** Time of the first migration of a fixture; each following one is a second later. */
export const firstWhen = 1_700_000_000_000;

/** The text between two statements of a file. */
export const breakpoint = '\n--> statement-breakpoint\n';

/** Writes a migrations folder as drizzle-kit does, for the running test. */
export function writeMigrations(
  files: Readonly<Record<string, string>>,
  entries: readonly Entry[] = Object.keys(files).map((tag, index) => ({
    tag,
    when: firstWhen + index * 1000,
  })),
): string {
  const folder = mkdtempSync(join(tmpdir(), 'garden-migrations-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'meta'));
  for (const [tag, text] of Object.entries(files)) writeFileSync(join(folder, `${tag}.sql`), text);
  writeJournal(folder, entries);
  return folder;
}

/** Replaces the journal of a folder. */
export function writeJournal(folder: string, entries: readonly Entry[]): void {
  const journal = {
    version: '7',
    dialect: 'postgresql',
    entries: entries.map((entry, idx) => ({ idx, version: '7', ...entry, breakpoints: true })),
  };
  writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify(journal, undefined, 2));
}
