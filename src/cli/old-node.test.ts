import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('an old Node version is refused', () => {
  const versions = `Object.defineProperty(process, 'versions', { value: { node: '22.11.0' } })`;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(versions)}`,
      join(import.meta.dirname, '../main.ts'),
      'migrate',
    ],
    { encoding: 'utf8', env: { PATH: process.env['PATH'] } },
  );
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(
    /^cli\/old-node: garden needs Node 22\.12\.0 or later, but this is Node 22\.11\.0\.\n/,
  );
});
