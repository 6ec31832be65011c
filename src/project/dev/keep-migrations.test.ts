import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepMigrations } from './keep-migrations.ts';

let out: string;
beforeEach(() => (out = mkdtempSync(join(tmpdir(), 'garden-keep-'))));
afterEach(() => rmSync(out, { recursive: true, force: true }));

test('restores changed and removed files, and removes new ones', () => {
  mkdirSync(join(out, 'meta'));
  writeFileSync(join(out, 'meta/_journal.json'), 'one entry');
  writeFileSync(join(out, '0000_one.sql'), 'create');
  const restore = keepMigrations(out);
  writeFileSync(join(out, 'meta/_journal.json'), 'two entries');
  writeFileSync(join(out, '0001_two.sql'), 'alter');
  rmSync(join(out, '0000_one.sql'));
  restore();
  expect(readdirSync(out).toSorted()).toEqual(['0000_one.sql', 'meta']);
  expect(readFileSync(join(out, 'meta/_journal.json'), 'utf8')).toBe('one entry');
  expect(readFileSync(join(out, '0000_one.sql'), 'utf8')).toBe('create');
});

test('a folder that did not exist is empty afterwards', () => {
  const folder = join(out, 'drizzle');
  const restore = keepMigrations(folder);
  mkdirSync(folder);
  writeFileSync(join(folder, '0000_one.sql'), 'create');
  restore();
  expect(readdirSync(folder)).toEqual([]);
});
