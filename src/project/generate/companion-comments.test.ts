import { expect, test } from 'vitest';
import { testProject } from '../../cli/generate/project.fixture.ts';

const SCHEMA = `import { pgTable, text } from 'drizzle-orm/pg-core';
/** What somebody wrote. */
export const notes = pgTable('notes', {
  /** Set by the client. */
  id: text().primaryKey(),
});
`;

test('doc comments become comments in the database, unless the config disables them', async () => {
  using project = testProject({ 'schema.ts': SCHEMA });
  await project.generate();
  const sql = project.migrations()['0001_companion.sql'] ?? '';
  expect(sql).toContain(`comment on table "public"."notes" is 'What somebody wrote.';`);

  // Comments of earlier migrations are removed once.
  project.write({ 'garden.config.ts': 'export default { comments: false };' });
  expect(await project.generate()).toMatchObject({
    code: 0,
    out: '+ migrations/0002_companion.sql\n',
  });
  expect(project.migrations()['0002_companion.sql']).toContain(
    `comment on column "public"."notes"."id" is null;`,
  );
  expect(await project.generate(['--check'])).toMatchObject({ code: 0 });
});

test('a project without comments gets none', async () => {
  using project = testProject({
    'schema.ts': SCHEMA,
    'garden.config.ts': 'export default { comments: false };',
  });
  expect(await project.generate()).toMatchObject({
    code: 0,
    out: '+ migrations/0000_create_notes.sql\n',
  });
});
