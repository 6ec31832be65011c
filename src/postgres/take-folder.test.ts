import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeFolder } from './take-folder.ts';

function parent(): string {
  const folder = mkdtempSync(join(tmpdir(), 'garden-take-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('a folder is locked once, and its parents are created', () => {
  const folder = join(parent(), 'a/b/data');
  const release = takeFolder(folder);
  expect(() => takeFolder(folder, 'go elsewhere')).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        code: 'database/in-use',
        fix: expect.stringContaining('go elsewhere'),
      }),
    }),
  );
  release();
  takeFolder(folder)();
});

test('a folder that cannot be created is reported with its path and the reason', () => {
  const above = join(parent(), 'above');
  writeFileSync(above, 'a file');
  const folder = join(above, 'data');
  expect(() => takeFolder(folder)).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({
        code: 'database/data-folder',
        message: expect.stringContaining('ENOTDIR'),
        places: [{ file: folder }],
      }),
    }),
  );
});
