import { join } from 'node:path';
import type { Project } from '../load-project.ts';
import { isRecord, readJson } from './read-json.ts';

/** drizzle-kit's list of the migrations, in the order to run them. */
export interface Journal {
  readonly version: string;
  readonly dialect: string;
  readonly entries: readonly JournalEntry[];
}

interface JournalEntry {
  readonly idx: number;
  readonly version: string;
  /** In milliseconds. Drizzle skips a migration that is older than the last one it ran. */
  readonly when: number;
  readonly tag: string;
  readonly breakpoints: boolean;
}

export const journalFile = ({ out }: Project): string => join(out, 'meta/_journal.json');

/** The journal, `undefined` before the first migration. A damaged one is told as such. */
export function readJournal(project: Project): Promise<Journal | undefined> {
  return readJson(journalFile(project), isJournal);
}

const isJournal = (value: unknown): value is Journal =>
  isRecord(value) && Array.isArray(value['entries']) && value['entries'].every(isEntry);

const isEntry = (entry: unknown): boolean =>
  isRecord(entry) &&
  typeof entry['tag'] === 'string' &&
  typeof entry['idx'] === 'number' &&
  typeof entry['when'] === 'number';
