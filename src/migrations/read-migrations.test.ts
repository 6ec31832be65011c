import { readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { describe, expect, test } from 'vitest';
import { problemOf } from './expect-problem.fixture.ts';
import { readMigrations } from './read-migrations.ts';
import {
  breakpoint,
  firstWhen,
  writeJournal,
  writeMigrations,
} from './write-migrations.fixture.ts';

const refusal = (folder: string) => problemOf(() => readMigrations(folder));

describe('readMigrations', () => {
  test('reads the same as Drizzle, with line numbers', () => {
    const folder = writeMigrations({
      '0000_a': `create table a (id int);${breakpoint}\ncreate table b (id int);`,
      '0001_ü': 'select 1;\r\n',
    });
    const ours = readMigrations(folder);
    const drizzles = readMigrationFiles({ migrationsFolder: folder });
    expect(ours.map(({ hash, when }) => ({ hash, when }))).toEqual(
      drizzles.map(({ hash, folderMillis }) => ({ hash, when: folderMillis })),
    );
    expect(ours.map(({ statements }) => statements.map(({ text }) => text))).toEqual(
      drizzles.map(({ sql }) => sql.map((text) => text.trim())),
    );
    expect(ours[0]?.statements.map(({ line }) => line)).toEqual([1, 4]);
  });

  test.each(['\n', '\r\n'])('the hash of the other line endings counts as the same (%j)', (end) => {
    const other = end === '\n' ? '\r\n' : '\n';
    const [here] = readMigrations(writeMigrations({ '0000_a': `select 1;${end}select 2;${end}` }));
    const [there] = readMigrations(
      writeMigrations({ '0000_a': `select 1;${other}select 2;${other}` }),
    );
    expect(here?.hash).not.toBe(there?.hash);
    expect(here?.sameTextHashes).toContain(there?.hash);
  });

  test('refuses a folder that is missing, or has no journal', async () => {
    const folder = writeMigrations({});
    unlinkSync(join(folder, 'meta', '_journal.json'));
    expect(await refusal(folder)).toMatchObject({
      code: 'migrate/no-folder',
      message: expect.stringContaining('has no meta/_journal.json'),
    });
    rmSync(folder, { recursive: true });
    expect(await refusal(folder)).toMatchObject({
      code: 'migrate/no-folder',
      message: expect.stringContaining('does not exist'),
    });
  });

  test('refuses a file that the journal does not list, and an entry without a file', async () => {
    const folder = writeMigrations({ '0000_a': 'select 1' });
    writeFileSync(join(folder, '0001_by_hand.sql'), 'select 2');
    expect(await refusal(folder)).toMatchObject({
      code: 'migrate/stray-file',
      places: [{ file: join(folder, '0001_by_hand.sql') }],
    });
    unlinkSync(join(folder, '0001_by_hand.sql'));
    unlinkSync(join(folder, '0000_a.sql'));
    expect(await refusal(folder)).toMatchObject({ code: 'migrate/missing-file' });
  });

  test('refuses a journal that cannot be read', async () => {
    const folder = writeMigrations({ '0000_a': 'select 1' });
    const journal = join(folder, 'meta', '_journal.json');
    const text = readFileSync(journal, 'utf8');
    for (const broken of [
      `<<<<<<< HEAD\n${text}`,
      '',
      'null',
      '{"entries": {}}',
      text.replace('postgresql', 'mysql'),
      text.replace('0000_a', '../0000_a'),
    ]) {
      writeFileSync(journal, broken);
      expect(await refusal(folder)).toMatchObject({
        code: 'migrate/journal',
        places: [{ file: journal }],
      });
    }
  });

  test('refuses two entries with one tag or one time', async () => {
    const folder = writeMigrations({ '0000_a': '', '0001_b': '' });
    writeJournal(folder, [
      { tag: '0000_a', when: firstWhen },
      { tag: '0001_b', when: firstWhen },
    ]);
    expect((await refusal(folder)).message).toContain('0000_a and 0001_b have the same time');
    writeJournal(folder, [
      { tag: '0000_a', when: 1 },
      { tag: '0000_a', when: 2 },
    ]);
    expect((await refusal(folder)).message).toContain('twice');
  });
});
