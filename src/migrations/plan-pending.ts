import { ProblemError } from '../report/problem.ts';
import type { Migration } from './migration.ts';

/** A row of `drizzle.__drizzle_migrations`. */
export interface AppliedRow {
  readonly hash: string;
  /** `created_at`, the time in the journal; `undefined` if it is NULL. */
  readonly when: number | undefined;
}

export interface PendingPlan {
  readonly pending: readonly Migration[];
  readonly alreadyApplied: number;
}

/**
 * Compares the files with the history of the database. Throws if they conflict;
 * otherwise `pending` is exactly what Drizzle's migrator would run.
 */
export function planPending(
  migrations: readonly Migration[],
  rows: readonly AppliedRow[],
  place: string,
): PendingPlan {
  refuseUnknownRows(migrations, rows, place);
  refuseEditedFiles(migrations, rows, place);
  const applied = new Set(rows.map((row) => row.when));
  const pending = migrations.filter((migration) => !applied.has(migration.when));
  refuseSkipped(pending, rows, place);
  return { pending, alreadyApplied: migrations.length - pending.length };
}

function refuseUnknownRows(
  migrations: readonly Migration[],
  rows: readonly AppliedRow[],
  place: string,
): void {
  const known = new Set<number | undefined>(migrations.map((migration) => migration.when));
  const unknown = rows.filter((row) => !known.has(row.when));
  if (unknown.length === 0) return;
  for (const row of unknown) {
    const moved = migrations.find((migration) => migration.sameTextHashes.includes(row.hash));
    if (moved !== undefined) throw movedError(moved, row, place);
  }
  const newest = Math.max(0, ...migrations.map((migration) => migration.when));
  const newer = unknown.every((row) => row.when !== undefined && row.when > newest);
  // A database is newer only if it has all of our migrations. Otherwise it belongs to another project.
  const ours = migrations.every(({ when }) => rows.some((row) => row.when === when));
  const context = [place, ...unknown.map(showRow)];
  if (newer && ours && migrations.length > 0) {
    throw new ProblemError({
      code: 'migrate/database-newer',
      message: `the database has ${count(unknown.length)} that this version does not know: a newer version migrated it.`,
      context,
      fix: 'deploy the version with these migrations, or update the package and run this again.',
    });
  }
  throw new ProblemError({
    code: 'migrate/unknown-applied',
    message: `the database has ${count(unknown.length)} without a matching file: the database belongs to another project, or files were deleted.`,
    context,
    fix: 'check the database URL. If it is correct, restore the deleted files from version control. Projects that share a server need separate databases.',
  });
}

function movedError(migration: Migration, row: AppliedRow, place: string): ProblemError {
  return new ProblemError({
    code: 'migrate/journal-changed',
    message: `${migration.tag} is applied, but its time in the journal has changed.`,
    places: [{ file: migration.file, name: `journal ${showTime(migration.when)}` }],
    context: [place, showRow(row)],
    fix: `restore meta/_journal.json from version control, or set the entry's \`when\` back to ${String(row.when)}.`,
  });
}

function refuseEditedFiles(
  migrations: readonly Migration[],
  rows: readonly AppliedRow[],
  place: string,
): void {
  const recorded = new Map(rows.map((row) => [row.when, row.hash]));
  const edited = migrations.filter((migration) => {
    const hash = recorded.get(migration.when);
    return hash !== undefined && !migration.sameTextHashes.includes(hash);
  });
  if (edited.length === 0) return;
  throw new ProblemError({
    code: 'migrate/edited',
    message: `${edited.map((migration) => migration.tag).join(', ')} changed after being applied: the database has the old version.`,
    places: edited.map(({ file }) => ({ file })),
    context: [place],
    fix: 'restore the old text from version control, and put the change into a new migration (drizzle-kit generate). Line endings are ignored.',
  });
}

/** Drizzle runs only migrations that are newer than the last row, and silently skips the rest. */
function refuseSkipped(
  pending: readonly Migration[],
  rows: readonly AppliedRow[],
  place: string,
): void {
  const last = Math.max(0, ...rows.map((row) => row.when ?? 0));
  const skipped = pending.filter((migration) => migration.when <= last);
  if (skipped.length === 0) return;
  throw new ProblemError({
    code: 'migrate/out-of-order',
    message: `${skipped.map((migration) => migration.tag).join(', ')} is older than the last applied migration, so drizzle-kit would silently skip it.`,
    places: skipped.map(({ file, when }) => ({ file, name: `journal ${showTime(when)}` })),
    context: [`${place} (last applied ${showTime(last)})`],
    fix: `this happens when branches are merged: remove the file with its snapshot and journal entry and generate it again, or set its \`when\` in meta/_journal.json to more than ${String(last)}.`,
  });
}

const count = (rows: number): string => (rows === 1 ? 'a migration' : `${rows} migrations`);
const showRow = (row: AppliedRow): string =>
  `row with ${row.when === undefined ? 'no time' : `time ${showTime(row.when)}`}, hash ${row.hash.slice(0, 12)}…`;

function showTime(when: number): string {
  const date = new Date(when);
  return Number.isNaN(date.getTime()) ? String(when) : `${date.toISOString()} = ${when}`;
}
