import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readJournal, type JournalEntry } from '../../src/migrations/read-journal.ts';

/** The garden's migrations. */
export const migrationsFolder: string = fileURLToPath(
  new URL('../../migrations/garden', import.meta.url),
);

/** The entries of the journal, in order. */
export function journalEntries(): readonly JournalEntry[] {
  return readJournal(migrationsFolder)?.entries ?? [];
}

/** Creates a copy of the migrations folder with only the first steps. */
export async function withSteps<T>(steps: number, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'garden-steps-'));
  try {
    const entries = journalEntries().slice(0, steps);
    mkdirSync(join(folder, 'meta'));
    writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ entries }));
    for (const { tag } of entries) {
      cpSync(join(migrationsFolder, `${tag}.sql`), join(folder, `${tag}.sql`));
    }
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
