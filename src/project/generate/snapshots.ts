import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError } from '../../report/problem.ts';
import type { Project } from '../load-project.ts';
import { damaged, isRecord, readJson } from './read-json.ts';

/** What drizzle-kit records beside a migration: the whole schema as it is from there on. */
export interface Snapshot extends Readonly<Record<string, unknown>> {
  readonly id: string;
  /** The snapshot that the migration started from. */
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
      if (snapshot === undefined) throw damaged(file, 'it went while it was read.');
      return { file, snapshot };
    }),
  );
  refuseForks(recorded);
  return recorded.at(-1);
}

const isSnapshot = (value: unknown): value is Snapshot =>
  isRecord(value) && ['id', 'prevId', 'version'].every((key) => typeof value[key] === 'string');

/** Two branches that each made a migration, merged: neither snapshot knows of the other's changes. */
function refuseForks(recorded: readonly RecordedSnapshot[]): void {
  const byParent = Map.groupBy(recorded, ({ snapshot }) => snapshot.prevId);
  for (const children of byParent.values()) {
    if (children.length < 2) continue;
    throw new ProblemError({
      code: 'generate/fork',
      message: 'two migrations were made from the same one, and neither knows of the other.',
      places: children.map(({ file }) => ({ file })),
      fix: 'remove the one that has run nowhere: its .sql, its snapshot and its entry in _journal.json; then generate again.',
    });
  }
}
