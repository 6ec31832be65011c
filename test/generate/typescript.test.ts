import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileNameCases } from './compile-name-cases.ts';

// The other TypeScripts: node test/generate/typescript-versions.ts
test('what is generated compiles, and has the types it promises', async () => {
  const typescript = join(import.meta.dirname, '../../node_modules/typescript');
  expect(await compileNameCases(typescript, '.ts')).toBe('');
});
