import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../generate/project.fixture.ts';

const schema = `
import { check, integer, pgSchema, pgTable, text } from 'drizzle-orm/pg-core';
import { sql } from 'drizzle-orm';
import { notBlank, serverOnly } from ${kit};

/** What people write. */
export const userNotes = pgTable(
  'user_notes',
  {
    noteId: text('note_id').primaryKey(),
    /** Shown in lists. */
    noteTitle: text('note_title').notNull(),
    secret: serverOnly(text('secret')),
    first: integer().notNull(),
    last: integer().notNull(),
  },
  (t) => [
    notBlank(t.noteTitle),
    notBlank(t.secret),
    check('user_notes_order_check', sql\`\${t.first} <= \${t.last}\`),
  ],
);
export const invoices = pgSchema('billing').table('invoices', { id: text().primaryKey() });
`;
const config = (settings: string): string => `export default { jsonSchema: ${settings} };\n`;

interface Definition {
  readonly description?: string;
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required?: readonly string[];
  readonly 'x-checks'?: readonly unknown[];
}
const definitions = ({ folder }: TestProject, file: string): Record<string, Definition> =>
  (JSON.parse(readFileSync(join(folder, file), 'utf8')) as { $defs: Record<string, Definition> })
    .$defs;

const NOTE =
  'JSON Schema cannot express 1 CHECK; x-checks lists it: public.user_notes.user_notes_order_check\n';

describe.concurrent('garden generate json-schema', () => {
  test('writes the rows of every table, and lists what it cannot express', async () => {
    using project = testProject({ 'schema.ts': schema });
    expect(await project.generate(['json-schema', '--out', 'api/rows.json'])).toMatchObject({
      code: 0,
      err: '',
      out: `+ api/rows.json\n${NOTE}`,
    });
    const rows = definitions(project, 'api/rows.json');
    expect(Object.keys(rows)).toEqual([
      'BillingInvoicesSelect',
      'BillingInvoicesInsert',
      'BillingInvoicesUpdate',
      'UserNotesSelect',
      'UserNotesInsert',
      'UserNotesUpdate',
    ]);
    const { UserNotesInsert: insert, UserNotesUpdate: update, UserNotesSelect: select } = rows;
    expect(insert).toMatchObject({
      description: 'What people write.',
      required: ['note_id', 'note_title', 'first', 'last'],
      additionalProperties: false,
      'x-checks': [
        { name: 'user_notes_order_check', sql: '"user_notes"."first" <= "user_notes"."last"' },
      ],
    });
    expect(insert?.properties['note_title']?.['description']).toBe('Shown in lists.');
    expect(insert?.properties['secret']).toMatchObject({ 'x-server-only': true });
    expect(Object.keys(update?.properties ?? {})).not.toContain('note_id');
    expect(update?.required).toBeUndefined();
    expect(select?.required).toContain('secret');
    // Migrations were not requested.
    expect(existsSync(join(project.folder, 'migrations'))).toBe(false);
    expect((await project.generate(['json-schema', '--out', 'api/rows.json'])).out).toMatch(
      /^Nothing to write/,
    );
  });

  test('follows the settings', async () => {
    using project = testProject({
      'schema.ts': schema,
      'garden.config.ts': config("{ out: 'rows.json', keys: 'typescript', serverOnly: false }"),
    });
    // A left-out column is not named either.
    expect((await project.generate(['json-schema'])).out).toContain(NOTE);
    expect(readFileSync(join(project.folder, 'rows.json'), 'utf8')).not.toContain('secret');
    const rows = definitions(project, 'rows.json');
    expect(Object.keys(rows)).toContain('InvoicesInsert');
    expect(Object.keys(rows['UserNotesInsert']?.properties ?? {})).toEqual([
      'noteId',
      'noteTitle',
      'first',
      'last',
    ]);
  });

  test('is part of `garden generate` and --check with the part jsonSchema', async () => {
    using project = testProject({ 'schema.ts': schema, 'garden.config.ts': config('{}') });
    const first = await project.generate();
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain('+ schema.json\n');
    expect(existsSync(join(project.folder, 'migrations'))).toBe(true);
    expect(existsSync(join(project.folder, 'zero-schema.gen.ts'))).toBe(false);

    const file = join(project.folder, 'schema.json');
    const text = readFileSync(file, 'utf8');
    // A formatter may have changed the layout.
    writeFileSync(file, JSON.stringify(JSON.parse(text)));
    expect(await project.generate(['--check'])).toMatchObject({ code: 0 });

    writeFileSync(file, text.replace('"Shown in lists."', '"Shown."'));
    const stale = await project.generate(['--check']);
    expect(stale.code).toBe(1);
    expect(stale.out).toContain('schema.json');
    expect(stale.out).toContain('Shown in lists.');
    expect(JSON.parse((await project.generate(['json-schema', '--json'])).out)).toMatchObject({
      written: ['schema.json'],
      notes: [NOTE.trim()],
    });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('is written by --watch', async () => {
    using project = testProject({ 'schema.ts': schema, 'garden.config.ts': config('{}') });
    const file = join(project.folder, 'schema.json');
    const has = (word: string): boolean =>
      existsSync(file) && readFileSync(file, 'utf8').includes(word);
    let isChanged = false;
    await project.spawn(['--watch'], () => {
      if (!isChanged && has('note_title')) {
        isChanged = true;
        project.write({ 'schema.ts': schema.replaceAll('note_title', 'heading') });
      }
      return isChanged && has('heading');
    });
    expect(has('heading')).toBe(true);
    expect(existsSync(join(project.folder, 'migrations'))).toBe(false);
    expect(existsSync(join(project.folder, 'zero-schema.gen.ts'))).toBe(false);
  });
});
