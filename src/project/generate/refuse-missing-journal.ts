import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { journalFile } from '../../migrations/journal-file.ts';
import { ProblemError } from '../../report/problem.ts';

/** Refuses a migrations folder with snapshots and no journal. */
export function refuseMissingJournal(folder: string): void {
  const file = journalFile(folder);
  const meta = join(folder, 'meta');
  if (existsSync(file) || !existsSync(meta)) return;
  if (!readdirSync(meta).some((name) => name.endsWith('_snapshot.json'))) return;
  throw new ProblemError({
    code: 'generate/damaged',
    message: 'the migration journal is missing.',
    places: [{ file }],
    fix: 'restore the file from version control.',
  });
}
