import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kit, testProject, type TestProject } from '../../cli/generate/project.fixture.ts';

const schema = (sum = 't.size + 1', own = ''): string => `
import { sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import { companionSql, defineAccess, exists, id, or, owner, pgTable, serverOnly, updatedAt } from ${kit};
const { access } = defineAccess();
export const folders = pgTable('folders', { id: id(), author: pg.uuid('author').notNull() }, (t) => [
  ...access(t, { read: owner(t.author) }),
]).enableRLS();
/** What people write. */
export const notes = pgTable('notes', {
  id: id(),
  author: pg.uuid('author').notNull(),
  folder: pg.uuid('folder').notNull(),
  /** Its size, in lines;
   * without the title. */
  size: pg.integer('size').notNull(),
  secret: serverOnly(pg.text('secret')),
  /** One more. */
  sum: pg.integer('sum').generatedAlwaysAs((): ReturnType<typeof sql> => sql\`${sum}\`),
  updatedAt: updatedAt(),
}, (t) => [
  ...access(t, {
    read: or(owner(t.author), exists(() => folders, { id: t.folder }, (f) => owner(f.author), { rows: 'raw' })),
    insert: owner(t.author),
    update: owner(t.author),
    immutable: [t.author],
  }),
]).enableRLS();
export const own = companionSql({
  key: 'log',
  create: 'create or replace trigger log after delete on notes execute function suppress_redundant_updates_trigger();',
  drop: 'drop trigger log on notes;',
});
${own}`;

let project: TestProject;
let generated: Readonly<Record<string, string>>;
beforeAll(async () => {
  project = testProject({ 'schema.ts': schema() });
  await project.generate();
  generated = project.migrations();
});
afterAll(() => project[Symbol.dispose]());

const files = (): readonly string[] =>
  Object.keys(generated).filter((name) => name.endsWith('.sql'));

/** Checks the migrations after an edit, and undoes it. */
async function check(change: (text: string, name: string) => string) {
  const write = (to: (name: string) => string): void => {
    for (const name of files()) writeFileSync(join(project.folder, 'migrations', name), to(name));
  };
  write((name) => change(generated[name] ?? '', name));
  try {
    return await project.generate(['--check']);
  } finally {
    write((name) => generated[name] ?? '');
  }
}

/** Adds a statement to the last file. */
const append = (statement: string) => (text: string, name: string) =>
  name === files().at(-1) ? `${text}\n--> statement-breakpoint\n${statement}` : text;

test('the generated migrations are up to date', async () => {
  expect(await project.generate(['--check'])).toMatchObject({ code: 0, err: '' });
});

type Edit = readonly [what: string, from: string | RegExp, to: string, reported: string];

const EDITS: readonly Edit[] = [
  [
    'a grant of one more column',
    'grant update ("folder"',
    'grant update ("author", "folder"',
    'the grant to app_user on the table notes',
  ],
  [
    'a grant of all columns',
    /grant select \([^)]*\) on "public"."notes"/,
    'grant select on "public"."notes"',
    'the grant to app_user on the table notes',
  ],
  [
    'a grant to public',
    /(grant select .* on "public"."notes" to) "app_user"/,
    '$1 "app_user", public',
    'the grant to public on the table notes',
  ],
  [
    'a grant less',
    'grant select on "public"."folders" to "app_user";',
    '',
    'the grant to app_user on the table folders',
  ],
  [
    'a grant of more commands',
    'grant select on "public"."folders"',
    'grant select, truncate on "public"."folders"',
    'the grant to app_user on the table folders',
  ],
  [
    'a grant option',
    'grant select on "public"."folders" to "app_user"',
    '$& with grant option',
    'the grant to app_user on the table folders',
  ],
  [
    'a schema for fewer',
    'grant usage on schema "access" to "app_user"',
    'grant usage on schema "access" to "other"',
    'the grant to app_user on the schema access',
  ],
  [
    'a function for all',
    /revoke execute on function "access"."exists_[^;]*;/,
    '',
    'the grant to public on the function access.exists_',
  ],
  [
    'a trigger on fewer commands',
    'before update on "public"."notes"',
    'before insert on "public"."notes"',
    'the trigger "touch_updated_at" of the table notes',
  ],
  [
    'a trigger less',
    /create or replace trigger "touch_updated_at"[^;]*;/,
    '',
    'the trigger "touch_updated_at" of the table notes',
  ],
  [
    'another function of a trigger',
    'execute function "public"."touch_updated_at"',
    'execute function "public"."suppress_redundant_updates_trigger"',
    'the trigger "touch_updated_at" of the table notes',
  ],
  [
    'a trigger of one’s own',
    'after delete on notes',
    'after insert on notes',
    'the trigger "log" of the table notes',
  ],
  [
    'another comment',
    "is 'What people write.'",
    "is 'What machines write.'",
    'the comment of the table notes',
  ],
  [
    'a comment less',
    /comment on table "public"."notes"[^;]*;/,
    '',
    'the comment of the table notes',
  ],
  [
    'another comment on a column',
    'One more.',
    'Two more.',
    'the comment on the column "sum" of the table notes',
  ],
  [
    'another function',
    'new."updated_at" := greatest(now(), old."updated_at")',
    'new."updated_at" := old."updated_at"',
    'the function public.touch_updated_at',
  ],
  ['a function that runs as its caller', ' security definer', '', 'the function access.exists_'],
  [
    'a block less',
    /do \$\$\s*begin\s*if not exists \(select from pg_roles[^$]*\$\$;/,
    '',
    'the block do $$',
  ],
];

/** Groups of edits of different objects: one check finds all edits of a group. */
function groupsOf(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const groups: Edit[][] = [];
  for (const edit of edits) {
    const group = groups.find((one) => one.every(([, , , reported]) => reported !== edit[3]));
    if (group) group.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

test.each(groupsOf(EDITS).map((group) => [group.map(([what]) => what).join(', '), group] as const))(
  '%s',
  async (_, group) => {
    const applied = new Set<Edit>();
    const { code, err } = await check((text) =>
      group.reduce((before, edit) => {
        const after = before.replace(edit[1], edit[2]);
        if (after === before) return before;
        expect(applied.has(edit), edit[0]).toBe(false);
        applied.add(edit);
        return after;
      }, text),
    );
    expect(applied.size).toBe(group.length);
    expect(code).toBe(1);
    for (const [, , , reported] of group) expect(err).toContain(reported);
    expect(err.match(/generate\/altered-sql/g)).toHaveLength(group.length);
  },
);

test.each([
  ['grant update (author) on notes to app_user', 'the grant to app_user on the table notes'],
  ['grant all on all tables in schema public to public', 'the grant to public on the table notes'],
  ['revoke insert on notes from app_user', 'the grant to app_user on the table notes'],
  ['alter table notes disable trigger all', 'the trigger "touch_updated_at" of the table notes'],
  ['alter table notes disable trigger touch_updated_at', 'the trigger "touch_updated_at"'],
  ['drop trigger touch_updated_at on notes', 'the trigger "touch_updated_at" of the table notes'],
  ['alter trigger touch_updated_at on notes rename to touch', 'the trigger "touch_updated_at"'],
  ['comment on column notes.size is null', 'the comment on the column "size" of the table notes'],
  ['drop function touch_updated_at cascade', 'the function public.touch_updated_at'],
  ['drop schema access cascade', 'the function access.exists_'],
])('a later statement: %s', async (statement, reported) => {
  const { code, err } = await check(append(statement));
  expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(reported) });
});

test('what leads to the same state is no difference', async () => {
  const same = [
    'revoke all on notes from public',
    'grant select (id) on notes to auditor',
    'grant update (author) on notes to app_user',
    'revoke update (author) on notes from app_user',
    'alter table notes disable trigger touch_updated_at',
    'alter table notes enable trigger touch_updated_at',
    'create trigger other before insert on notes execute function f()',
    'alter table notes rename column size to lines',
    'alter table notes rename to papers',
    "comment on column papers.lines is 'x'",
    'alter table papers rename to notes',
    'alter table notes rename column lines to size',
    `comment on column notes.size is 'Its size, in lines; without the title.'`,
    "comment on column notes.author is 'more than the definitions say'",
  ].join(';\n');
  expect(await check(append(same))).toMatchObject({ code: 0, err: '' });
});

test('Windows line endings are no difference', async () => {
  expect(await check((text) => text.replaceAll('\n', '\r\n'))).toMatchObject({ code: 0, err: '' });
});

test('a column that drizzle-kit makes anew is granted and commented anew', async () => {
  using other = testProject({ 'schema.ts': schema() });
  await other.generate();
  other.write({ 'schema.ts': schema('t.size + 2') });
  expect(await other.generate()).toMatchObject({ code: 0, err: '' });
  const last = Object.entries(other.migrations()).findLast(([name]) => name.endsWith('.sql'));
  expect(last?.[1]).toContain('grant insert');
  expect(last?.[1]).toContain(`comment on column "public"."notes"."sum" is 'One more.'`);
  expect(await other.generate(['--check'])).toMatchObject({ code: 0, err: '' });
});
