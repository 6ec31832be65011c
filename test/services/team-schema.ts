import { primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import {
  and,
  anyone,
  appendOnly,
  authenticated,
  createdAt,
  defineAccess,
  enumeration,
  exists,
  id,
  instant,
  not,
  oneOf,
  notBlank,
  or,
  owner,
  pgTable,
  references,
  role,
  serverOnly,
  sortedText,
  uniqueOn,
  updatedAt,
  eq,
} from '../../src/kit/index.ts';
import { boolean, integer, jsonb } from 'drizzle-orm/pg-core';

const { access } = defineAccess();

const teams = pgTable('teams', { id: id(), name: sortedText('name').notNull() }, (t) => [
  notBlank(t.name, { max: 40 }),
  uniqueOn(t.name),
  ...access(t, {
    read: anyone,
    insert: role('admin'),
    update: role('admin'),
    delete: role('admin'),
  }),
]).enableRLS();

const members = pgTable(
  'members',
  { teamId: uuid('team_id').notNull(), userId: uuid('user_id').notNull() },
  (t) => [
    primaryKey({ columns: [t.teamId as never, t.userId as never] }),
    references(t.teamId, teams.id, 'cascade'),
    ...access(t, {
      read: or(authenticated, role('admin')),
      insert: role('admin'),
      delete: role('admin'),
    }),
  ],
).enableRLS();

const notes = pgTable(
  'notes',
  {
    id: id(),
    teamId: uuid('team_id').notNull(),
    authorId: uuid('author_id').notNull(),
    title: text('title').notNull(),
    state: enumeration('state', ['draft', 'open', 'done']).notNull(),
    stars: integer('stars'),
    pinned: boolean('pinned'),
    data: jsonb('data'),
    secretHash: serverOnly(text('secret_hash')),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    references(t.teamId, teams.id, 'cascade'),
    notBlank(t.title, { max: 80 }),
    oneOf(t.state),
    ...access(t, {
      read: or(
        owner(t.authorId),
        exists(
          () => members,
          { teamId: t.teamId },
          (m) => owner(m.userId),
        ),
      ),
      insert: owner(t.authorId),
      // What is done is closed.
      update: { from: and(owner(t.authorId), not(eq(t.state, 'done'))), to: owner(t.authorId) },
      delete: owner(t.authorId),
      immutable: [t.authorId, t.createdAt],
    }),
  ],
).enableRLS();

/** Rows that are only added. */
const events = pgTable(
  'events',
  { id: id(), at: instant('at').notNull(), what: text('what').notNull() },
  (t) => [...appendOnly(t), ...access(t, { read: role('admin'), insert: role('admin') })],
).enableRLS();

export const schema = { teams, members, notes, events };

export const uuidOf = (number: number): string =>
  `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
export const [ANN, BEN, EVE] = [uuidOf(1), uuidOf(2), uuidOf(3)];
export const [RED, BLUE] = [uuidOf(11), uuidOf(12)];

/** Two teams: Ann and Ben in one, Ben in both. */
export const ROWS = `
  insert into teams values ('${RED}', 'red'), ('${BLUE}', 'blue');
  insert into members values ('${RED}', '${ANN}'), ('${RED}', '${BEN}'), ('${BLUE}', '${BEN}');`;

export const newNote = (number: number, changes: object = {}) => ({
  id: uuidOf(100 + number),
  teamId: RED,
  authorId: ANN,
  title: `note ${number}`,
  state: 'open' as const,
  createdAt: new Date(1_700_000_000_000 + number),
  updatedAt: new Date(1_700_000_000_000 + number),
  ...changes,
});
