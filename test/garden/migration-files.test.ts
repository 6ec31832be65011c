import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableName } from 'drizzle-orm';
import type { DrizzleSnapshotJSON } from 'drizzle-kit/api';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { describe, expect, test } from 'vitest';
import * as garden from '../../src/apps/garden/index.ts';
import { tableNames } from './plant-rows.ts';
import { journalEntries, migrationsFolder } from './migration-steps.ts';

const entries = journalEntries();
const files = readdirSync(migrationsFolder).filter((name) => name.endsWith('.sql'));
const snapshots = readdirSync(join(migrationsFolder, 'meta'))
  .filter((name) => name.endsWith('_snapshot.json'))
  .sort()
  .map((name) => ({
    name,
    content: JSON.parse(
      readFileSync(join(migrationsFolder, 'meta', name), 'utf8'),
    ) as DrizzleSnapshotJSON,
  }));

describe('the journal', () => {
  test('lists exactly the existing files, in numeric order', () => {
    expect(entries.map(({ tag }) => `${tag}.sql`)).toEqual(files.sort());
    expect(entries.map(({ idx }) => idx)).toEqual(entries.map((_, position) => position));
    for (const { idx, tag } of entries) expect(Number(tag.slice(0, 4))).toBe(idx);
  });

  test('has ascending times', () => {
    // Drizzle silently skips a migration that is older than the last applied one.
    const times = entries.map(({ when }) => when);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    // A time in the future would hide the next migration.
    expect(times.at(-1)).toBeLessThanOrEqual(Date.now());
  });
});

// Functions of the companion SQL have parameters.
const written = files.filter((name) => !name.includes('companion'));

test.each(written)('%s has no unbound parameter', (name) => {
  // drizzle-kit writes parameters that were not inlined as `$1`.
  expect(readFileSync(join(migrationsFolder, name), 'utf8')).not.toMatch(/\$\d/);
});

describe('the snapshots', () => {
  test('form a single chain that ends at the last migration', () => {
    const ids = snapshots.map(({ content }) => content.id);
    const previous = snapshots.map(({ content }) => content.prevId);
    expect(previous).toEqual(['00000000-0000-0000-0000-000000000000', ...ids.slice(0, -1)]);
    const last = String(entries.at(-1)?.idx).padStart(4, '0');
    expect(snapshots.at(-1)?.name).toBe(`${last}_snapshot.json`);
  });

  test('the last one matches the definitions, so no migration is missing', async () => {
    const last = snapshots.at(-1)?.content as DrizzleSnapshotJSON;
    const current = generateDrizzleJson({ ...garden }, last.id) as DrizzleSnapshotJSON;
    const tables = tableNames.map((name) => `public.${getTableName(garden[name])}`);
    expect(Object.keys(current.tables).sort()).toEqual(tables.sort());
    expect(await generateMigration(last, current)).toEqual([]);
  });
});
