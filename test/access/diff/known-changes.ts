import {
  and,
  anyone,
  authenticated,
  can,
  eq,
  exists,
  gt,
  gte,
  inList,
  isNull,
  lt,
  lte,
  ne,
  nobody,
  not,
  or,
  owner,
  role,
} from '../../../src/kit/index.ts';
import {
  claims,
  isUser,
  members,
  organisations,
  type Notes,
  type NotesRules,
} from './team-rules.ts';
import type { Rule } from '../../../src/model/rule.ts';

/** A change of the rules, and who gains (`+`) or loses (`-`) what. */
export type KnownChange = readonly [
  name: string,
  before: NotesRules,
  after: NotesRules,
  expected: readonly string[],
];

const member = (t: Notes) => exists(() => members, { organisationId: t.organisationId }, isUser);
const adminMember = (t: Notes) =>
  exists(
    () => members,
    { organisationId: t.organisationId },
    (m) => and(owner(m.userId), eq(m.level, 'admin')),
  );
const read =
  (rule: (t: Notes) => Rule): NotesRules =>
  (t) => ({ read: rule(t) });

const everyone = (sign: string, what: string, ...more: readonly string[]): readonly string[] =>
  ['anonymous', 'user', ...more].map((who) => `${sign} ${what} ${who}`);

export const knownChanges: readonly KnownChange[] = [
  ['anyone becomes nobody', read(() => anyone), read(() => nobody), everyone('-', 'read')],
  ['nobody becomes anyone', read(() => nobody), read(() => anyone), everyone('+', 'read')],
  ['a rule is added', () => ({}), read(() => authenticated), ['+ read user']],
  ['a rule is removed', read(() => authenticated), () => ({}), ['- read user']],
  [
    'anyone becomes authenticated',
    read(() => anyone),
    read(() => authenticated),
    ['- read anonymous'],
  ],
  ['a role is added', read(() => nobody), read(() => role('admin')), ['+ read role admin']],
  [
    'a role is replaced',
    read(() => role('admin')),
    read(() => role('editor')),
    ['+ read role editor', '- read role admin'],
  ],
  [
    'a role is required too',
    read(() => role('admin')),
    read(() => and(role('admin'), role('editor'))),
    ['- read role admin'],
  ],
  [
    'two roles, then one of them',
    read(() => and(role('admin'), role('editor'))),
    read(() => role('admin')),
    ['+ read role admin'],
  ],
  [
    'two roles are required anew',
    read(() => nobody),
    read(() => and(role('admin'), role('editor'))),
    ['+ read role admin and role editor'],
  ],
  [
    'everyone becomes everyone but a role',
    read(() => authenticated),
    read(() => not(role('banned'))),
    ['- read role banned', '- read no roles', '+ read token'],
  ],
  ['an owner is added', read(() => nobody), read((t) => owner(t.createdBy)), ['+ read owner']],
  [
    'authenticated becomes owner',
    read(() => authenticated),
    read((t) => owner(t.createdBy)),
    ['- read user'],
  ],
  [
    'the owner is another column',
    read((t) => owner(t.createdBy)),
    read((t) => owner(t.reviewerId)),
    ['+ read owner of reviewer_id', '- read owner'],
  ],
  [
    'everyone but the owner',
    read(() => authenticated),
    read((t) => not(owner(t.createdBy))),
    ['- read owner'],
  ],
  ['a member is added', read(() => nobody), read(member), ['+ read member']],
  ['member becomes admin', read(member), read(adminMember), ['- read member']],
  ['admin becomes member', read(adminMember), read(member), ['+ read member']],
  [
    'a member who is not a guest',
    read(member),
    read((t) =>
      exists(
        () => members,
        { organisationId: t.organisationId },
        (m) => and(owner(m.userId), ne(m.level, 'guest')),
      ),
    ),
    ['- read member'],
  ],
  [
    'an owner who is a member',
    read((t) => owner(t.createdBy)),
    read((t) => and(owner(t.createdBy), member(t))),
    ['- read owner'],
  ],
  [
    'an owner or a member',
    read((t) => owner(t.createdBy)),
    read((t) => or(owner(t.createdBy), member(t))),
    ['+ read member'],
  ],
  [
    'an owner and a member, anew',
    read(() => nobody),
    read((t) => and(owner(t.createdBy), member(t))),
    ['+ read owner and member'],
  ],
  [
    'a public flag is required',
    read(() => anyone),
    read((t) => eq(t.isPublic, true)),
    everyone('-', 'read'),
  ],
  [
    'another state',
    read((t) => eq(t.status, 'open')),
    read((t) => eq(t.status, 'closed')),
    [...everyone('+', 'read'), ...everyone('-', 'read')],
  ],
  [
    'a limit that moves by one',
    read((t) => lt(t.priority, 5)),
    read((t) => lte(t.priority, 5)),
    everyone('+', 'read'),
  ],
  [
    'a limit from the other side',
    read((t) => gte(t.priority, 5)),
    read((t) => gt(t.priority, 5)),
    everyone('-', 'read'),
  ],
  [
    'NULL is no longer enough',
    read((t) => or(isNull(t.priority), gt(t.priority, 0))),
    read((t) => gt(t.priority, 0)),
    everyone('-', 'read'),
  ],
  [
    'deleted rows are hidden',
    read(() => authenticated),
    read((t) => and(authenticated, isNull(t.deletedAt))),
    ['- read user'],
  ],
  [
    'an organisation of the token',
    read(() => nobody),
    read((t) => inList(t.organisationId, claims.organisations)),
    ['+ read own organisation'],
  ],
  [
    'a level of the token',
    read((t) => lte(t.priority, claims.level)),
    read((t) => lt(t.priority, claims.level)),
    ['- read level'],
  ],
  [
    'raw rows become visible rows',
    read((t) =>
      exists(
        () => members,
        { organisationId: t.organisationId },
        () => anyone,
      ),
    ),
    read((t) =>
      exists(
        () => members,
        { organisationId: t.organisationId },
        () => anyone,
        { rows: 'visible' },
      ),
    ),
    everyone('-', 'read'),
  ],
  [
    'a lookup becomes a can',
    read((t) =>
      exists(
        () => organisations,
        { id: t.organisationId },
        () => anyone,
      ),
    ),
    read((t) => can(() => organisations, { id: t.organisationId }, 'read')),
    everyone('-', 'read'),
  ],
  ['an insert is allowed', () => ({}), (t) => ({ insert: owner(t.createdBy) }), ['+ insert owner']],
  [
    'an insert of a state only',
    (t) => ({ insert: owner(t.createdBy) }),
    (t) => ({ insert: and(owner(t.createdBy), eq(t.status, 'draft')) }),
    ['- insert owner'],
  ],
  [
    'a delete by a role',
    () => ({ read: anyone, delete: role('admin') }),
    () => ({ read: anyone, delete: or(role('admin'), role('editor')) }),
    ['+ delete role editor'],
  ],
  [
    'an update by the owner',
    () => ({ read: anyone }),
    (t) => ({ read: anyone, update: owner(t.createdBy), immutable: [t.createdBy] }),
    ['+ update owner'],
  ],
  [
    'the row after an update is free',
    (t) => ({ read: anyone, update: { from: owner(t.createdBy), to: owner(t.createdBy) } }),
    (t) => ({ read: anyone, update: { from: owner(t.createdBy), to: anyone } }),
    ['+ update owner'],
  ],
  [
    'an update out of a state',
    (t) => ({ read: anyone, update: { from: eq(t.status, 'draft'), to: anyone } }),
    (t) => ({ read: anyone, update: { from: eq(t.status, 'open'), to: anyone } }),
    [...everyone('+', 'update'), ...everyone('-', 'update')],
  ],
  [
    'a read rule that hides rows also stops writes',
    () => ({ read: anyone, update: role('admin'), delete: role('admin') }),
    (t) => {
      const write = and(eq(t.isPublic, true), role('admin'));
      return { read: eq(t.isPublic, true), update: write, delete: write };
    },
    [...everyone('-', 'read', 'role admin'), '- update role admin', '- delete role admin'],
  ],
  [
    'a column becomes immutable',
    () => ({ read: anyone, update: authenticated }),
    (t) => ({ read: anyone, update: authenticated, immutable: [t.createdBy] }),
    ['- update (created_by) user'],
  ],
  [
    'a column of a type that no rule tests becomes mutable',
    (t) => ({ read: anyone, update: role('admin'), immutable: [t.meta] }),
    () => ({ read: anyone, update: role('admin') }),
    ['+ update (meta) role admin'],
  ],
];

/** Rules that are written differently and mean the same. */
export const equalRules: readonly (readonly [
  name: string,
  before: NotesRules,
  after: NotesRules,
])[] = [
  [
    'other order',
    read((t) => or(role('admin'), owner(t.createdBy))),
    read((t) => or(owner(t.createdBy), role('admin'))),
  ],
  ['a double negation', read((t) => owner(t.createdBy)), read((t) => not(not(owner(t.createdBy))))],
  [
    'De Morgan',
    read((t) => not(or(role('banned'), isNull(t.deletedAt)))),
    read((t) => and(not(role('banned')), not(isNull(t.deletedAt)))),
  ],
  ['a list of one', read((t) => inList(t.status, ['open'])), read((t) => eq(t.status, 'open'))],
  [
    'a part that another one implies',
    read((t) => and(owner(t.createdBy), authenticated)),
    read((t) => owner(t.createdBy)),
  ],
  [
    'distribution',
    read((t) => and(member(t), or(role('a'), eq(t.isPublic, true)))),
    read((t) => or(and(member(t), role('a')), and(member(t), eq(t.isPublic, true)))),
  ],
  [
    'can and visible',
    read((t) => can(() => members, { organisationId: t.organisationId }, 'read')),
    read((t) =>
      exists(
        () => members,
        { organisationId: t.organisationId },
        () => anyone,
        { rows: 'visible' },
      ),
    ),
  ],
  [
    'an update that repeats read',
    (t) => ({ read: member(t), update: owner(t.createdBy), delete: owner(t.createdBy) }),
    (t) => {
      const write = and(member(t), owner(t.createdBy));
      return { read: member(t), update: write, delete: write };
    },
  ],
  [
    'the whole list of a check',
    read((t) => inList(t.status, ['draft', 'open', 'closed'])),
    read(() => anyone),
  ],
  ['a NOT NULL column', read((t) => not(isNull(t.title))), read(() => anyone)],
  [
    'a foreign key',
    read((t) =>
      exists(
        () => organisations,
        { id: t.organisationId },
        () => anyone,
      ),
    ),
    read(() => anyone),
  ],
  [
    'a primary key that is changed by nobody',
    (t) => ({ read: anyone, update: authenticated, immutable: [t.id] }),
    () => ({ read: anyone, update: authenticated }),
  ],
];
