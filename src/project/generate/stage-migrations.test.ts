import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newSeen } from '../seen.ts';
import { loadProject, type Project } from '../load-project.ts';
import { testProject } from '../../cli/generate/project.fixture.ts';
import { stageMigrations } from './stage-migrations.ts';

const JOURNAL = 'migrations/meta/_journal.json';
const files = { 'schema.mjs': '', [JOURNAL]: '{}', 'migrations/0000_a.sql': 'select 1;' };

async function inProject(run: (project: Project) => Promise<void>): Promise<void> {
  using test = testProject(files);
  const settings = { dialect: 'postgresql', schema: './schema.mjs', out: './migrations' };
  test.write({ 'drizzle.config.mjs': `export default ${JSON.stringify(settings)};` });
  await run(await loadProject(test.folder, 'drizzle.config.mjs', newSeen()));
  const left = readdirSync(test.folder).filter((name) => name.startsWith('.garden-generate-'));
  expect(left).toEqual([]);
}

const write = ({ out }: Project, name: string, text: string): void =>
  writeFileSync(join(out, name), text);

test('files are moved into the folder when all work has succeeded', () =>
  inProject(async (project) => {
    const result = await stageMigrations(project, async (staged) => {
      write(staged, '0001_b.sql', 'select 2;');
      expect(existsSync(join(project.out, '0001_b.sql'))).toBe(false);
      return 'done';
    });
    expect(result).toBe('done');
    expect(readdirSync(project.out).sort()).toEqual(['0000_a.sql', '0001_b.sql', 'meta']);
  }));

test('after an interruption, the folder is unchanged', () =>
  inProject(async (project) => {
    const stop = new AbortController();
    const work = stageMigrations(project, async (staged) => {
      write(staged, '0001_b.sql', 'select 2;');
      write(staged, 'meta/_journal.json', '{ "entries": [] }');
      stop.abort(new Error('Ctrl-C'));
      stop.signal.throwIfAborted();
    });
    await expect(work).rejects.toThrow('Ctrl-C');
    expect(readdirSync(project.out).sort()).toEqual(['0000_a.sql', 'meta']);
  }));

test('a concurrent change is not overwritten', () =>
  inProject(async (project) => {
    const work = stageMigrations(project, async (staged) => {
      write(staged, '0001_b.sql', 'select 2;');
      write(project, 'meta/_journal.json', '{ "entries": [] }');
    });
    await expect(work).rejects.toMatchObject({ problem: { code: 'generate/changed-meanwhile' } });
    expect(readdirSync(project.out).sort()).toEqual(['0000_a.sql', 'meta']);
  }));
