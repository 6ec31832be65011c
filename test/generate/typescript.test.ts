import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileNameCases } from './compile-name-cases.ts';

// For other TypeScript versions: node test/generate/typescript-versions.ts
test('the generated code compiles, and has the documented types', async () => {
  const typescript = join(import.meta.dirname, '../../node_modules/typescript');
  expect(await compileNameCases(typescript, '.ts')).toBe('');
});
