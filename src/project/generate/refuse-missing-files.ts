import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, type Problem } from '../../report/problem.ts';
import type { Project } from '../load-project.ts';
import { journalFile, type Journal } from '../../migrations/read-journal.ts';

/**
 * Refuses a migrations folder with missing files, because the rest would be compared with
 * the definitions as if it were complete. A migration that was written by hand has no
 * snapshot.
 */
export function refuseMissingFiles(project: Project, journal: Journal | undefined): void {
  const { out } = project;
  const meta = join(out, 'meta');
  if (journal === undefined) {
    if (!existsSync(meta) || !readdirSync(meta).some((name) => name.endsWith('_snapshot.json'))) {
      return;
    }
    throw new ProblemError({
      code: 'generate/damaged',
      message: 'the migration journal is missing.',
      places: [{ file: journalFile(out) }],
      fix: 'restore the file from version control.',
    });
  }
  const missing = journal.entries
    .map(({ tag }) => ({ tag, file: join(out, `${tag}.sql`) }))
    .filter(({ file }) => !existsSync(file))
    .map(({ tag, file }): Problem => ({
      code: 'migrate/missing-file',
      message: `the journal lists ${tag}, but its file is missing.`,
      places: [{ file }],
      fix: 'restore the file from version control.',
    }));
  const [first, ...others] = missing;
  if (first) throw new ProblemError(first, { others });
}
