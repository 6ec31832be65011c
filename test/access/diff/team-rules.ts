import { boolean, integer, jsonb, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import {
  type AccessInput,
  defineAccess,
  enumeration,
  id,
  instant,
  notDeleted,
  oneOf,
  owner,
  pgTable,
  serverOnly,
} from '../../../src/kit/index.ts';
import type { Rule } from '../../../src/model/rule.ts';
import {
  diffAccess,
  type AccessChange,
  type AccessDiff,
} from '../../../src/testing/access/diff/diff-access.ts';
import type { RulesVersion } from '../../../src/testing/access/diff/rules-version.ts';
import { readDerived } from '../../../src/testing/schema/read-derived.ts';

export const { access, claims } = defineAccess({
  claims: {
    organisations: { type: 'uuid[]', at: ['app_metadata', 'organisations'] },
    level: 'integer',
  },
});

export const organisations = pgTable(
  'organisations',
  { id: id(), name: text('name').notNull(), deletedAt: instant('deleted_at') },
  (t) => [...access(t, { read: notDeleted(t) })],
).enableRLS();

export const members = pgTable(
  'members',
  {
    organisationId: uuid('organisation_id')
      .notNull()
      .references(() => organisations.id, { onDelete: 'cascade' }),
    userId: uuid('user_id').notNull(),
    level: enumeration('level', ['member', 'admin', 'guest']).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organisationId, t.userId] }),
    oneOf(t.level),
    ...access(t, { read: owner(t.userId) }),
  ],
).enableRLS();

export const isUser = ({ userId }: Pick<typeof members, 'userId'>): Rule => owner(userId);

const columns = {
  id: id(),
  organisationId: uuid('organisation_id')
    .notNull()
    .references(() => organisations.id, { onDelete: 'cascade' }),
  createdBy: uuid('created_by').notNull(),
  reviewerId: uuid('reviewer_id'),
  status: enumeration('status', ['draft', 'open', 'closed']).notNull(),
  isPublic: boolean('is_public').notNull(),
  priority: integer('priority'),
  title: text('title').notNull(),
  deletedAt: instant('deleted_at'),
  meta: jsonb('meta'),
};

const visible = pgTable('notes', { ...columns, token: text('token') });
export type Notes = Pick<typeof visible, keyof typeof columns>;

/** The access rules of notes, for one version. */
export type NotesRules = (t: Notes) => AccessInput;

interface Versioned {
  /** Whether the column `token` is server-only. */
  readonly hides?: boolean;
  /** Further tables. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A version of the schema. Without rules, it has no table `notes`. */
export function version(
  rules: NotesRules | undefined,
  { hides = false, more = {} }: Versioned = {},
): RulesVersion {
  const token = hides ? serverOnly(text('token')) : text('token');
  const notes =
    rules &&
    pgTable('notes', { ...columns, token }, (t) => [
      oneOf(t.status),
      ...access(t, rules(t)),
    ]).enableRLS();
  const { schema } = readDerived({ organisations, members, ...(notes && { notes }), ...more });
  return {
    tables: schema.tables,
    rules: schema.access?.rules ?? { claims: {}, tables: {} },
  };
}

/** Changes as text: `+ read owner`, `- update member (title)`. */
export function told({ changes }: AccessDiff): readonly string[] {
  return changes.map(tell).sort();
}

function tell({ change, operation, column, principal, table }: AccessChange): string {
  const { kind, roles, relations, lacks } = principal;
  const who = [
    ...roles.map((role) => `role ${role}`),
    ...relations.map(nameRelation),
    ...lacks.map((claim) => `no ${claim}`),
  ].join(' and ');
  const name = who === '' ? kind : who;
  const of = table === 'notes' ? '' : ` ${table}`;
  return `${change === 'gain' ? '+' : '-'} ${operation}${of} ${column === undefined ? '' : `(${column}) `}${name}`;
}

function nameRelation(rule: Rule): string {
  if (rule.op === 'exists') {
    const inner = rule.rule;
    const more = inner.op === 'and' ? ' with conditions' : '';
    return rule.table === 'members' ? `member${more}` : `${rule.table} ${nameRelation(inner)}`;
  }
  if (rule.op === 'compare' && 'claim' in rule.value && rule.value.claim === 'sub') {
    return rule.column === 'created_by' ? 'owner' : `owner of ${rule.column}`;
  }
  return 'column' in rule && rule.column === 'priority' ? 'level' : 'own organisation';
}

export const compare = (before: RulesVersion, after: RulesVersion): AccessDiff =>
  diffAccess(before, after, { seed: Number(process.env['ACCESS_SEED'] ?? 1), questions: 30 });
