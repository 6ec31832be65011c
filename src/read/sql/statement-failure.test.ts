import { expect, test } from 'vitest';
import { missingExtension } from './statement-failure.ts';

test('a missing pgvector is named with the command that installs it', () => {
  const at = { start: 0, line: 3 };
  expect(missingExtension('vector', '/a.sql', at)).toEqual({
    object: 'extension vector',
    reason:
      '@electric-sql/pglite-pgvector is not installed, so the objects that need it are not judged; run npm install -D @electric-sql/pglite-pgvector',
    places: [{ file: '/a.sql', line: 3 }],
  });
  expect(missingExtension('pg_cron', '/a.sql', at).reason).toBe(
    'no installed package of PGlite has it, so the objects that need it are not judged',
  );
});
