import { existsSync } from 'node:fs';
import { journalFile } from '../../migrations/journal-file.ts';
import type { Finding } from '../../report/problem.ts';

/** Reports entries of drizzle-kit's journal that are older than an entry before them. */
export async function journalOrder(
  folder: string,
  isJudged: (tag: string) => boolean,
): Promise<readonly Finding[]> {
  const file = journalFile(folder);
  if (!existsSync(file)) return [];
  // Loads Zod, which other folders do not need.
  const { readJournal } = await import('../../migrations/read-journal.ts');
  const entries = readJournal(folder)?.entries ?? [];
  return entries.flatMap(({ tag, when }, at): readonly Finding[] => {
    const newest = entries.slice(0, at).toSorted((a, b) => b.when - a.when)[0];
    if (newest === undefined || newest.when < when || !isJudged(tag)) return [];
    return [
      {
        severity: 'error',
        code: 'migrate/out-of-order',
        message: `${tag} is after ${newest.tag} in the journal, but its \`when\` is earlier: a database that has applied ${newest.tag} skips ${tag}.`,
        object: tag,
        places: [{ file }],
        fix: `this happens when branches are merged: remove ${tag} with its snapshot and journal entry and generate it again, or set its \`when\` to more than ${String(newest.when)}.`,
      },
    ];
  });
}
