import { mkdtempSync, openSync, rmSync, closeSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

/** Runs once, between the creation of a file and its first byte. */
const between = vi.hoisted(() => ({ run: undefined as (() => void) | undefined }));
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  writeFileSync(file: string, text: string, { flag = 'w' } = {}) {
    const opened = openSync(file, flag);
    const { run } = between;
    between.run = undefined;
    run?.();
    writeSync(opened, text);
    closeSync(opened);
  },
}));
// A separate module name, because test files in one worker share modules and must not get this one.
const { lockFolder } = (await import(
  './folder-lock.ts?with-a-race' as string
)) as typeof import('./folder-lock.ts');

const parent = mkdtempSync(join(tmpdir(), 'garden-lock-'));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('of two processes that lock a folder at the same moment, one succeeds', () => {
  const folder = join(parent, 'data');
  const held: (() => void)[] = [];
  const take = (): void => {
    try {
      held.push(lockFolder(folder));
    } catch (error) {
      expect(error).toMatchObject({ problem: { code: 'database/in-use' } });
    }
  };
  between.run = take;
  take();
  expect(between.run, 'the second attempt ran').toBeUndefined();
  expect(held).toHaveLength(1);
  held[0]?.();
});
