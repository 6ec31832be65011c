import { kitSchema, type Mistake } from './mistake.ts';

interface Written {
  /** Replaces `.enableRLS()`. */
  readonly after?: string;
  /** The column `title`. */
  readonly title?: string;
  readonly settings?: string;
  /** Precedes the rules in the third argument, in line 4. */
  readonly others?: string;
}

/** A table `notes` with its rules in line 5. */
const notes = (
  rules: string,
  { after = '.enableRLS()', title = `text('title')`, settings = '', others = '' }: Written = {},
) =>
  kitSchema(`const { access, claims } = defineAccess(${settings});
export const notes = pgTable('notes', { id: id(), createdBy: uuid('created_by'), title: ${title} }, (t) => [${others}
  ...access(t, { ${rules} }),
])${after};
export const members = pgTable('members', { id: id(), team: uuid('team'), person: uuid('person') }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();`);

const inRules = 'schema.ts:5  notes';

const ofRules = (
  name: string,
  rules: string,
  [code, fix, place = inRules]: readonly [code: string, fix: string, place?: string],
  written?: Written,
): Mistake => ({
  name,
  files: notes(rules, written),
  command: 'generate zero',
  code,
  place,
  fix,
});

/** Mistakes in access rules. */
export const RULE_MISTAKES: readonly Mistake[] = [
  ofRules('a column is misspelt', 'read: owner(t.createdBi)', [
    'schema/constraints-throw',
    'did you mean createdBy?',
  ]),
  ofRules('a column is a text', `read: eq('title', 'x')`, ['access/not-a-column', 't.createdBy']),
  ofRules(
    '.enableRLS() is missing',
    'read: anyone',
    ['access/no-enable-rls', '.enableRLS()', 'schema.ts:4  notes'],
    {
      after: '',
    },
  ),
  ofRules(
    'a pgPolicy next to the rules',
    'read: anyone',
    ['access/other-policy', 'access()', 'schema.ts:4  notes'],
    { others: `pgPolicy('all', { using: sql\`true\` }),` },
  ),
  ofRules('an operation is misspelt', 'raed: anyone', [
    'access/unknown-setting',
    'did you mean read?',
  ]),
  ofRules('an operation is called as in SQL', 'select: anyone', [
    'access/unknown-setting',
    'did you mean read?',
  ]),
  ofRules('a rule is true', 'read: true', ['access/not-a-rule', 'owner(t.createdBy)']),
  ofRules('a rule is SQL', 'read: sql`true`', ['access/not-a-rule', 'owner(t.createdBy)']),
  ofRules('a function instead of a rule', 'read: owner', [
    'access/not-a-rule',
    'owner(t.createdBy)',
  ]),
  ofRules('a constant is called', 'read: anyone()', ['schema/constraints-throw', 'anyone']),
  ofRules('or() gets a list', `read: or([anyone, role('admin')])`, [
    'access/not-a-rule',
    'owner(t.createdBy)',
  ]),
  ofRules('and() without arguments', 'read: and()', ['access/empty', 'anyone or nobody']),
  ofRules('role() gets no name', 'read: role()', ['access/empty', `role('admin')`]),
  ofRules('owner() of a text column', 'read: owner(t.title)', [
    'access/undeclared-claim',
    `claims: { sub: 'text' }`,
  ]),
  ofRules('eq() with a value of another type', 'read: eq(t.title, 5)', [
    'access/not-portable',
    'text',
  ]),
  ofRules('eq() with null', 'read: eq(t.title, null)', ['access/not-portable', 'isNull(']),
  ofRules('eq() with undefined', 'read: eq(t.title, claims.tenant)', [
    'access/not-portable',
    'defineAccess({ claims })',
  ]),
  ofRules('inList() with undefined', 'read: inList(t.createdBy, undefined)', [
    'access/not-portable',
    'list',
  ]),
  ofRules('inList() with a claim that is not declared', 'read: inList(t.createdBy, claims.teams)', [
    'access/not-portable',
    'defineAccess({ claims })',
  ]),
  ofRules('a column of JSON', `read: eq(t.title, 'x')`, ['access/not-portable', 'another column'], {
    title: `jsonb('title')`,
  }),
  ofRules(
    'a timestamp without time zone',
    'read: gt(t.title, new Date())',
    ['access/not-portable', 'another column'],
    { title: `timestamp('title')` },
  ),
  ofRules(
    'a column that Zero does not have',
    `read: eq(t.title, 'x')`,
    ['access/not-portable', 'synced'],
    { title: `serverOnly(text('title'))` },
  ),
  ofRules('an immutable column that does not exist', 'read: anyone, immutable: [t.author]', [
    'schema/constraints-throw',
    'id, createdBy, title',
  ]),
  ofRules('immutable names a text', `read: anyone, immutable: ['createdBy']`, [
    'access/not-a-column',
    't.createdBy',
  ]),
  ofRules('immutable is no list', 'read: anyone, immutable: t.createdBy', [
    'access/unknown-setting',
    'immutable: [t.createdBy]',
  ]),
  ofRules('a column of another table', 'read: owner(members.person)', [
    'access/wrong-table',
    'exists(…)',
  ]),
  ofRules(
    'exists() joins by a column that does not exist',
    'read: exists(() => members, { teem: t.id }, (m) => owner(m.person))',
    ['access/not-portable', 'id, team, person'],
  ),
  ofRules('exists() joins by nothing', 'read: exists(() => members, {})', [
    'access/no-join',
    'exists(() => projects, { id: t.projectId })',
  ]),
  ofRules('exists() gets a table', 'read: exists(members, { team: t.id })', [
    'access/not-a-table',
    'exists(() => ',
  ]),
  ofRules(
    'can() gets its arguments in another order',
    `read: can('read', () => members, { team: t.id })`,
    ['access/not-a-table', `can(() => projects, { id: t.projectId }, 'read')`],
  ),
  ofRules(
    'exists() asks about a column that does not exist',
    'read: exists(() => members, { team: t.id }, (m) => owner(m.persona))',
    ['access/not-a-column', 'spelling'],
  ),
  ofRules('exists() joins columns of two types', 'read: exists(() => members, { team: t.title })', [
    'access/not-portable',
    'type',
  ]),
  ofRules('exists() of a table that is not imported', 'read: exists(() => teams, { id: t.id })', [
    'schema/constraints-throw',
    'teams',
  ]),
  ofRules('an update of unreadable rows', 'update: anyone', ['access/blind-write', 'and(…)']),
  ofRules(
    'a setting of defineAccess() is misspelt',
    'read: anyone',
    ['access/unknown-setting', 'did you mean role?', 'schema.ts:3'],
    { settings: `{ rol: 'app' }` },
  ),
  ofRules(
    'a claim has a type that there is not',
    'read: anyone',
    ['access/claim-type', `'uuid[]'`, 'schema.ts:3  teams'],
    { settings: `{ claims: { teams: 'uuids' } }` },
  ),
  ofRules(
    'sub is declared as a number',
    'read: anyone',
    ['access/claim-type', `'uuid' or 'text'`, 'schema.ts:3  sub'],
    { settings: `{ claims: { sub: 'integer' } }` },
  ),
  ofRules(
    'the place of a claim is called path',
    'read: anyone',
    ['access/unknown-setting', 'did you mean at?', 'schema.ts:3'],
    { settings: `{ claims: { team: { type: 'uuid', path: ['app_metadata', 'team'] } } }` },
  ),
  ofRules(
    'a claim that users write themselves',
    'read: anyone',
    ['access/claim-path', 'app_metadata', 'schema.ts:3  team'],
    { settings: `{ claims: { team: { type: 'uuid', at: ['user_metadata', 'team'] } } }` },
  ),
  {
    name: 'access() is given a view',
    files: kitSchema(
      `const { access } = defineAccess();\nexport const v = pgView('v', { id: uuid('id') }).as(sql\`select 1\`);\naccess(v, { read: anyone });`,
    ),
    command: 'generate zero',
    code: 'access/not-a-table',
    place: 'schema.ts:5',
    fix: 'securityInvoker',
  },
  {
    name: 'a view bypasses the rules',
    files: {
      'schema.ts': `${notes('read: owner(t.createdBy)')['schema.ts']}
export const v = pgView('v').as((qb) => qb.select().from(notes));`,
    },
    command: 'generate',
    code: 'access/open-view',
    place: 'schema.ts:10  v',
    fix: 'securityInvoker: true',
  },
  {
    name: 'a table with rules has no key',
    files: kitSchema(
      `const { access } = defineAccess();\nexport const notes = pgTable('notes', { id: uuid('id') }, (t) => [...access(t, { read: anyone })]).enableRLS();`,
    ),
    command: 'generate zero',
    code: 'access/no-key',
    place: 'schema.ts:4  notes',
    fix: 'id: id()',
  },
  {
    name: 'one table of several has no rules',
    files: {
      'schema.ts': `${notes('read: anyone')['schema.ts']}\nexport const tags = pgTable('tags', { id: id() });`,
    },
    command: 'generate zero',
    code: 'zero/no-rules',
    place: 'schema.ts:10  tags',
    fix: 'access(…)',
    warning: true,
  },
  {
    name: 'access is declared twice',
    files: kitSchema(`const { access } = defineAccess();
const other = defineAccess();
export const notes = pgTable('notes', { id: id() }, (t) => [...access(t, { read: anyone })]).enableRLS();
export const tags = pgTable('tags', { id: id() }, (t) => [...other.access(t, { read: anyone })]).enableRLS();`),
    command: 'generate zero',
    code: 'access/declared-twice',
    place: 'schema.ts:5  notes',
    fix: 'once',
  },
  {
    name: 'drizzle-kit renames columns of a table with rules',
    files: {
      ...kitSchema(
        `const { access } = defineAccess();\nexport const notes = pgTable('notes', { id: id(), createdBy: uuid() }, (t) => [...access(t, { read: owner(t.createdBy) })]).enableRLS();`,
      ),
      'drizzle.config.ts': `export default {\n  dialect: 'postgresql', schema: './schema.ts',\n  casing: 'snake_case',\n};`,
    },
    command: 'generate zero',
    code: 'generate/casing',
    place: 'drizzle.config.ts:3  casing',
    fix: `createdBy: text('created_by')`,
  },
];
