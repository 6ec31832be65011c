import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keptDump } from './kept-dump.ts';

/** Only root can change the owner of a file. */
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

let scratch: string;
let made = 0;
beforeEach(async () => {
  made = 0;
  scratch = await mkdtemp(join(tmpdir(), 'kept-dump-'));
  vi.stubEnv('TMPDIR', scratch);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(scratch, { recursive: true, force: true });
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const dump = (): Promise<Blob> =>
  keptDump(['of the test'], () => {
    made += 1;
    return Promise.resolve(new Blob([`made ${made}`]));
  });
/** A dump that an attacker plants. */
const PLANTED = 'planted';
const isPlanted = async (found: Blob): Promise<boolean> =>
  found.size === PLANTED.length && (await found.text()) === PLANTED;
/** Creates a dump, and returns its folder and file. */
const keep = async (): Promise<{ readonly folder: string; readonly file: string }> => {
  await dump();
  const [name = ''] = await readdir(scratch);
  const folder = join(scratch, name);
  const [file = ''] = await readdir(folder);
  made = 0;
  return { folder, file: join(folder, file) };
};
const plant = (file: string): Promise<void> => writeFile(file, PLANTED);

test('a dump is created once, and kept in a private folder', async () => {
  const { folder, file } = await keep();
  expect((await lstat(folder)).mode & 0o777).toBe(0o700);
  expect((await lstat(file)).mode & 0o777).toBe(0o600);
  expect(await isPlanted(await dump())).toBe(false);
  expect(made).toBe(0);
});

test('a dump that is in use stays when others are created', async () => {
  const { file } = await keep();
  await utimes(file, 1, 1);
  await dump();
  for (let other = 0; other < 5; other += 1) {
    await keptDump([`other ${other}`], () => Promise.resolve(new Blob(['other'])));
    await utimes(file, 1, 1);
    await dump();
  }
  await keptDump(['one more'], () => Promise.resolve(new Blob(['more'])));
  await dump();
  expect(made).toBe(0);
});

describe('a dump that another user may have planted is not loaded', () => {
  test('a file in a world-writable folder', async () => {
    const { folder, file } = await keep();
    await plant(file);
    await chmod(folder, 0o777);
    expect(await isPlanted(await dump())).toBe(false);
    expect(made).toBe(1);
    expect((await lstat(folder)).mode & 0o777).toBe(0o700);
    await dump();
    expect(made).toBe(1);
  });

  test('a link to another folder', async () => {
    const { folder, file } = await keep();
    const elsewhere = join(scratch, 'elsewhere');
    await rm(folder, { recursive: true });
    await mkdir(elsewhere, { mode: 0o700 });
    await plant(join(elsewhere, basename(file)));
    await symlink(elsewhere, folder);
    expect(await isPlanted(await dump())).toBe(false);
    expect(made).toBe(1);
    expect(await readdir(elsewhere)).toHaveLength(1);
  });

  test('a link to another file', async () => {
    const { file } = await keep();
    const elsewhere = join(scratch, 'elsewhere.tar');
    await plant(elsewhere);
    await rm(file);
    await symlink(elsewhere, file);
    expect(await isPlanted(await dump())).toBe(false);
    expect(made).toBe(1);
  });

  test.runIf(isRoot)('a folder of another user', async () => {
    const { folder, file } = await keep();
    await plant(file);
    await chown(folder, NOBODY, NOBODY);
    expect(await isPlanted(await dump())).toBe(false);
    expect(made).toBe(1);
    expect((await lstat(folder)).uid).toBe(NOBODY);
  });

  test.runIf(isRoot)('a file of another user', async () => {
    const { file } = await keep();
    await plant(file);
    await chown(file, NOBODY, NOBODY);
    expect(await isPlanted(await dump())).toBe(false);
    expect(made).toBe(1);
  });
});
