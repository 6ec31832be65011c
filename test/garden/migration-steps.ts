import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface JournalEntry {
  readonly idx: number;
  readonly when: number;
  readonly tag: string;
}

interface Journal {
  readonly entries: readonly JournalEntry[];
}

/** The garden's migrations. */
export const migrationsFolder: string = fileURLToPath(
  new URL('../../migrations/garden', import.meta.url),
);

/** The entries of the journal, in order. */
export function journalEntries(): readonly JournalEntry[] {
  return readJournal().entries;
}

/** Creates a copy of the migrations folder with only the first steps. */
export async function withSteps<T>(steps: number, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'garden-steps-'));
  try {
    const journal = readJournal();
    const entries = journal.entries.slice(0, steps);
    mkdirSync(join(folder, 'meta'));
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) {
      cpSync(join(migrationsFolder, `${tag}.sql`), join(folder, `${tag}.sql`));
    }
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readJournal(): Journal {
  return JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8')) as Journal;
}
