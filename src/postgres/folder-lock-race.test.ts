import { mkdtempSync, openSync, rmSync, closeSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

/** What happens between the making of a file and its first byte, once. */
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
// With a name of its own: files share their worker's modules, and nobody else shall have this one.
const { lockFolder } = (await import(
  './folder-lock.ts?with-a-race' as string
)) as typeof import('./folder-lock.ts');

const parent = mkdtempSync(join(tmpdir(), 'garden-lock-'));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('of two that take a folder in the same moment, one has it', () => {
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
  expect(between.run, 'the other one took its turn').toBeUndefined();
  expect(held).toHaveLength(1);
  held[0]?.();
});
