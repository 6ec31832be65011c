import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { definerClauses, executeOnly } from './definer-sql.ts';

test('a definer function has a fixed search path, fails rather than hides rows, and is not public', () => {
  expect(definerClauses('stable')).toBe(
    'language plpgsql stable security definer\nset search_path = pg_catalog, pg_temp\nset row_security = off',
  );
  expect(definerClauses()).toMatch(/^language plpgsql security definer\n/);
  expect(executeOnly('f()')).toBe('revoke execute on function f() from public;');
  expect(executeOnly('f()', '"app_user"')).toBe(
    'revoke execute on function f() from public;\n--> statement-breakpoint\ngrant execute on function f() to "app_user";',
  );
});

test('every generator of such functions takes its clauses from here', () => {
  const src = join(import.meta.dirname, '..');
  const writers = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      name.endsWith('.ts') &&
      // Lint rules show examples.
      !/\.(?:test|fixture)\.ts$|^check\//.test(name) &&
      /security definer/.test(readFileSync(join(src, name), 'utf8')),
  );
  // A trigger for rollups sets its clauses one by one.
  expect(writers.toSorted()).toEqual([
    'emit/companion/rollup-functions.ts',
    'model/definer-sql.ts',
  ]);
});
