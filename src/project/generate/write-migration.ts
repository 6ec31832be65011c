import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { journalFile, readJournal, type Journal } from '../../migrations/read-journal.ts';
import type { Project } from '../load-project.ts';
import { lastSnapshot, type Snapshot } from './snapshots.ts';

const BREAKPOINT = '--> statement-breakpoint\n';

/**
 * Writes drizzle-kit's statements as drizzle-kit would: the same bytes, except for their order,
 * the ids and the time. Returns the migration's tag.
 */
export async function writeSchemaMigration(
  project: Project,
  name: string,
  statements: readonly string[],
  wanted: Snapshot,
): Promise<string> {
  const { breakpoints = true } = project.settings;
  const last = await lastSnapshot(project);
  const { id: _, prevId: __, ...schema } = wanted;
  const snapshot = { id: wanted.id, prevId: last?.snapshot.id ?? wanted.prevId, ...schema };
  const sql = statements.join(breakpoints ? BREAKPOINT : '\n');
  return writeMigration(project, name, sql, snapshot);
}

/** Writes custom SQL as a migration, as `drizzle-kit generate --custom` does. Returns its tag. */
export async function writeCustomMigration(
  project: Project,
  name: string,
  statements: readonly string[],
  /** drizzle-kit's snapshot of the state before the first migration. */
  empty: Snapshot,
): Promise<string> {
  const last = (await lastSnapshot(project))?.snapshot;
  const { id, prevId, ...schema } = last ?? empty;
  const snapshot = { id: randomUUID(), prevId: last === undefined ? prevId : id, ...schema };
  const sql = `-- Made by \`garden generate\` from the definitions.\n${statements.join(`\n${BREAKPOINT}`)}\n`;
  return writeMigration(project, name, sql, { ...snapshot, version: empty.version });
}

async function writeMigration(
  project: Project,
  name: string,
  sql: string,
  snapshot: Snapshot,
): Promise<string> {
  const { breakpoints = true } = project.settings;
  const journal: Journal = readJournal(project.out) ?? {
    version: snapshot.version,
    dialect: 'postgresql',
    entries: [],
  };
  const idx = (journal.entries.at(-1)?.idx ?? -1) + 1;
  const when = nextTime(project, journal);
  const prefix = prefixOf(project, idx, when);
  const tag = `${prefix}_${name}`;
  const entry = { idx, version: snapshot.version, when, tag, breakpoints };
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  };
  const meta = { columns: {}, schemas: {}, tables: {} };
  await write(
    join(project.out, `meta/${prefix}_snapshot.json`),
    asJson({ ...snapshot, _meta: meta }),
  );
  await write(join(project.out, `${tag}.sql`), sql);
  await write(
    journalFile(project.out),
    asJson({ ...journal, entries: [...journal.entries, entry] }),
  );
  return tag;
}

const asJson = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Always later than the last migration, and in another second if the name contains the time. */
function nextTime({ settings }: Project, { entries }: Journal): number {
  const { prefix = 'index' } = settings.migrations ?? {};
  const last = entries.at(-1)?.when ?? 0;
  const next = prefix === 'index' ? last + 1 : (Math.floor(last / 1000) + 1) * 1000;
  return Math.max(Date.now(), next);
}

function prefixOf({ settings }: Project, idx: number, when: number): string {
  switch (settings.migrations?.prefix ?? 'index') {
    case 'index':
      return idx.toFixed(0).padStart(4, '0');
    case 'unix':
      return Math.floor(when / 1000).toFixed(0);
    case 'timestamp':
    case 'supabase':
      return new Date(when).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  }
}
