import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../report/problem.ts';
import type { Project } from '../load-project.ts';
import { damaged, isRecord, readJson } from './read-json.ts';

/** drizzle-kit's record for a migration: the whole schema after it. */
export interface Snapshot extends Readonly<Record<string, unknown>> {
  readonly id: string;
  /** The snapshot before the migration. */
  readonly prevId: string;
  readonly version: string;
}

export interface RecordedSnapshot {
  readonly file: string;
  readonly snapshot: Snapshot;
}

/** The snapshot that the next migration starts from; `undefined` before the first one. */
export async function lastSnapshot({ out }: Project): Promise<RecordedSnapshot | undefined> {
  const meta = join(out, 'meta');
  const names = (await readdir(meta).catch(() => [])).filter((name) => /^[^_].*\.json$/.test(name));
  const recorded = await Promise.all(
    names.sort().map(async (name): Promise<RecordedSnapshot> => {
      const file = join(meta, name);
      const snapshot = await readJson(file, isSnapshot);
      if (snapshot === undefined) throw damaged(file, 'it was removed while it was being read.');
      return { file, snapshot };
    }),
  );
  refuseForks(recorded);
  return recorded.at(-1);
}

const isSnapshot = (value: unknown): value is Snapshot =>
  isRecord(value) && ['id', 'prevId', 'version'].every((key) => typeof value[key] === 'string');

/**
 * Two merged branches that each added a migration: neither snapshot includes the other's
 * changes.
 */
function refuseForks(recorded: readonly RecordedSnapshot[]): void {
  const byParent = Map.groupBy(recorded, ({ snapshot }) => snapshot.prevId);
  for (const children of byParent.values()) {
    if (children.length < 2) continue;
    throw new ProblemError({
      code: 'generate/fork',
      message: 'two migrations have the same predecessor, and neither includes the other.',
      places: children.map(({ file }) => ({ file })),
      fix: 'remove the one that was not applied anywhere: its .sql, its snapshot and its entry in _journal.json; then generate again.',
    });
  }
}
