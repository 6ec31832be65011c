import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PGLITE, projectFolder, type ProjectFolder } from '../../src/cli/project-folder.fixture.ts';

let project: ProjectFolder;
beforeAll(async () => {
  const config = PGLITE.replace('{', "{ schema: './schema.ts',");
  project = projectFolder(config, {
    'schema.ts': `import { integer, pgTable } from 'drizzle-orm/pg-core';
export const a = pgTable('a', { id: integer('id').primaryKey() });`,
  });
  await project.writeDatabase();
});
afterAll(() => project.remove());

interface Report {
  readonly findings: readonly { readonly code: string; readonly evidence: string }[];
  readonly accepted: readonly { readonly code: string; readonly reason: string }[];
  readonly notChecked: readonly { readonly check: string; readonly reason: string }[];
  readonly growth?: { readonly since: string };
}

test('the help teaches what is checked', async () => {
  const { code, out } = await project.garden('doctor', '--help');
  expect(code).toBe(0);
  for (const part of ['health', 'integrity', 'indexes', 'security', 'drift', '--deep', '--json']) {
    expect(out).toContain(part);
  }
});

test('the database of the project is examined, with its pending migrations', async () => {
  const { code, out } = await project.garden('doctor', '--json');
  const { findings } = JSON.parse(out) as Report;
  // The database was written without the history of migrations.
  expect(findings).toMatchObject([
    { code: 'doctor/migrations', evidence: 'drizzle.__drizzle_migrations: 0 applied' },
  ]);
  expect(code).toBe(1);
});

test('garden.config.ts accepts findings and sets limits', async () => {
  const config = join(project.folder, 'garden.config.ts');
  const accept = (doctor: string): void =>
    writeFileSync(config, `export default { doctor: ${doctor} };`);
  try {
    accept("{ ignore: [{ rule: 'doctor/migrations', reason: 'written by a test' }] }");
    const { code, out } = await project.garden('doctor', '--json');
    const { findings, accepted } = JSON.parse(out) as Report;
    expect({ code, findings }).toEqual({ code: 0, findings: [] });
    expect(accepted).toMatchObject([{ code: 'doctor/migrations', reason: 'written by a test' }]);
    // Without definitions, drift is not checked, and everything else is.
    accept('{ limits: { connection: 1 } }');
    const { out: wrong } = await project.garden('doctor', '--json');
    expect((JSON.parse(wrong) as Report).notChecked).toContainEqual({
      check: 'doctor/drift',
      reason: expect.stringContaining('generate/garden-config'),
    });
  } finally {
    rmSync(config);
  }
});

test('growth since the last run is reported', async () => {
  const file = join(project.folder, '.garden/doctor.json');
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    { tables: Record<string, number> }
  >;
  const [sizes] = Object.values(kept);
  expect(sizes?.tables['public.a']).toBeGreaterThan(0);
  const { out } = await project.garden('doctor', '--json');
  expect((JSON.parse(out) as Report).growth).toMatchObject({ since: expect.any(String) });
  writeFileSync(file, 'damaged');
  const { code } = await project.garden('doctor');
  expect(code).toBe(1);
});

test.each([
  [['--max-warnings', 'many'], 'cli/bad-value'],
  [['--deeper'], 'cli/unknown-option'],
  [['--data', 'nowhere'], 'database/no-database'],
  [['--database-url', 'mysql://x'], 'database/bad-url'],
  [['--app', 'gardn'], 'cli/unknown-app'],
])('%j is refused', async (args, problem) => {
  const { code, err } = await project.garden('doctor', ...args);
  expect(code).toBe(2);
  expect(err).toContain(problem);
});

test.each([
  [[], 'cli/missing-value'],
  [['weekly'], 'cli/bad-value'],
  [['cleanup', '--pause', 'long'], 'cli/bad-value'],
  [['cleanup', '--ahead', '1.5'], 'cli/bad-value'],
])('garden maintain %j is refused', async (args, problem) => {
  const { err } = await project.garden('maintain', ...args);
  expect(err).toContain(problem);
});
