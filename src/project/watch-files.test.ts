import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testProject, type TestProject } from '../cli/generate/project.fixture.ts';
import { expand, foldersOfPattern } from './expand-pattern.ts';
import { newSeen } from './seen.ts';
import { watchFiles } from './watch-files.ts';

/** The number of runs if the project changes after each run has read its files. */
async function runs(project: TestProject, happens: readonly (() => void)[]): Promise<number> {
  const ended = new AbortController();
  let count = 0;
  await watchFiles(async () => {
    const seen = newSeen();
    seen.files.add(join(project.folder, 'schema.ts'));
    seen.lookups.push({
      found: expand(project.folder, './db/*.ts'),
      files: () => expand(project.folder, './db/*.ts'),
      folders: () => foldersOfPattern(project.folder, './db/*.ts'),
    });
    happens[count]?.();
    count += 1;
    if (count > happens.length) ended.abort();
    return seen;
  }, ended.signal);
  return count;
}

test.each<[what: string, change: Readonly<Record<string, string>>]>([
  ['a file', { 'schema.ts': 'changed' }],
  ['a new file', { 'db/tags.ts': '' }],
])(
  '%s that changes during a run is noticed before it is watched',
  async (_, change) => {
    using project = testProject({ 'schema.ts': '', 'db/notes.ts': '' });
    // A file that was written just before the run may count as changed.
    await setTimeout(100);
    expect(await runs(project, [() => project.write(change)])).toBe(2);
  },
  5_000,
);

test('a file with a future time does not cause another run', async () => {
  using project = testProject({ 'schema.ts': '', 'db/notes.ts': '' });
  const tomorrow = new Date(Date.now() + 86_400_000);
  utimesSync(join(project.folder, 'schema.ts'), tomorrow, tomorrow);
  const ended = new AbortController();
  let count = 0;
  const watched = watchFiles(() => {
    count += 1;
    const seen = newSeen();
    seen.files.add(join(project.folder, 'schema.ts'));
    return Promise.resolve(seen);
  }, ended.signal);
  await setTimeout(300);
  ended.abort();
  await watched;
  expect(count).toBe(1);
});
