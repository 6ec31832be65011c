import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';

const freshFolder = (): { folder: string; file: string } => {
  const parent = mkdtempSync(join(tmpdir(), 'garden-lock-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return { folder: join(parent, 'data'), file: join(parent, 'data.lock') };
};
const inUse = expect.objectContaining({
  problem: expect.objectContaining({ code: 'database/in-use' }),
});
const holder = (change: object): string =>
  JSON.stringify({ pid: process.pid, host: hostname(), started: null, since: 'then', ...change });

describe('lockFolder', () => {
  test('refuses a second holder, and is free afterwards', () => {
    const { folder, file } = freshFolder();
    const release = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(inUse);
    expect(() => lockFolder(folder)).toThrow(`process ${process.pid}`);
    release();
    expect(existsSync(file)).toBe(false);
    lockFolder(folder)();
  });

  test.each([
    [
      'a process that ended',
      () => holder({ pid: Number(execFileSync(process.execPath, ['-p', 'process.pid'])) }),
    ],
    ['an earlier process with the same pid', () => holder({ started: '1' })],
    ['truncated text', () => '{"pid": 1'],
    ['nothing', () => ''],
  ])('takes over from %s', (name, text) => {
    // The start time of a process is only known on Linux.
    if (name.includes('same pid') && process.platform !== 'linux') return;
    const { folder, file } = freshFolder();
    writeFileSync(file, text());
    const release = lockFolder(folder);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
    release();
    expect(existsSync(file)).toBe(false);
  });

  test('believes a holder on another machine', () => {
    const { folder, file } = freshFolder();
    writeFileSync(file, holder({ host: 'elsewhere', pid: 1 }));
    expect(() => lockFolder(folder)).toThrow('on elsewhere');
  });

  test('does not release the lock of another process', () => {
    const { folder, file } = freshFolder();
    const release = lockFolder(folder);
    writeFileSync(file, holder({ since: 'later' }));
    release();
    expect(existsSync(file)).toBe(true);
  });
});
