import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONFIG, root, testProject } from '../cli/generate/project.fixture.ts';

const tables = `import { pgTable, text } from 'drizzle-orm/pg-core';
export const notes = pgTable('notes', { id: text().primaryKey() });
`;

/**
 * A workspace package with its own drizzle-orm: a copy of the repository's with another version
 * number.
 */
function projectWith(version: string): ReturnType<typeof testProject> {
  const project = testProject({
    'drizzle.config.ts': CONFIG.replace('./schema.ts', './db/schema.ts'),
    'db/schema.ts': `export * from './tables';`,
    'db/tables.ts': tables,
    'db/node_modules/drizzle-orm/package.json': JSON.stringify({
      name: 'drizzle-orm',
      version,
      type: 'module',
      exports: { './pg-core': './pg-core.js' },
    }),
    'db/node_modules/drizzle-orm/pg-core.js': `export * from 'drizzle-orm-of-tests/pg-core';`,
  });
  const folder = join(project.folder, 'db/node_modules');
  mkdirSync(folder, { recursive: true });
  symlinkSync(join(root, 'node_modules/drizzle-orm'), join(folder, 'drizzle-orm-of-tests'));
  return project;
}

test('a schema that imports Drizzle 1.0 is refused', async () => {
  using project = projectWith('1.0.0-beta.9');
  const { code, err } = await project.generate(['zero']);
  expect(code).toBe(2);
  expect(err).toMatch(/^package\/version: .*drizzle-orm .*1\.0\.0-beta\.9 is installed\./);
  expect(err).toContain('db/node_modules/drizzle-orm');
});

test('a schema that imports its own supported drizzle-orm is read', async () => {
  using project = projectWith('0.44.7');
  const { code, err } = await project.generate(['zero']);
  expect([code, err]).toEqual([0, '']);
});
