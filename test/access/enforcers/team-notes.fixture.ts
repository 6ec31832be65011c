import {
  boolean,
  createBuilder,
  createSchema,
  relationships,
  string,
  table,
  type AST,
  type AnyQuery,
} from '@rocicorp/zero';
import { asQueryInternals } from '@rocicorp/zero/bindings';
import type { AccessRules, Rule } from '../../../src/model/rule.ts';
import type { Database, WorldColumn, WorldTable } from '../../../src/testing/access/world.ts';

/** Two teams with notes and labels. The principal belongs to one team. */
const uuid: WorldColumn = { type: 'uuid', nullable: false };
const flag: WorldColumn = { type: 'boolean', nullable: false };
export const TABLES: readonly WorldTable[] = [
  { table: 'teams', key: ['id'], columns: { id: uuid, name: { type: 'text', nullable: true } } },
  { table: 'members', key: ['team', 'person'], columns: { team: uuid, person: uuid } },
  { table: 'notes', key: ['id'], columns: { id: uuid, team: uuid, gone: flag } },
  { table: 'labels', key: ['id'], columns: { id: uuid, team: uuid } },
  {
    table: 'note_labels',
    key: ['note', 'label'],
    columns: { note: uuid, label: uuid, hidden: flag },
  },
];

export const id = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const ME = id(1);
export const CLAIMS = { sub: ME, roles: [] };

/** Team 10 is mine, team 20 is not; notes 13 and 23 are deleted; labels 15 and 25. */
export const ROWS: Database = {
  teams: [
    { id: id(10), name: 'mine' },
    { id: id(20), name: null },
  ],
  members: [
    { team: id(10), person: ME },
    { team: id(10), person: id(2) },
    { team: id(20), person: id(2) },
  ],
  notes: [
    { id: id(11), team: id(10), gone: false },
    { id: id(12), team: id(10), gone: false },
    { id: id(13), team: id(10), gone: true },
    { id: id(21), team: id(20), gone: false },
    { id: id(23), team: id(20), gone: true },
  ],
  labels: [
    { id: id(15), team: id(10) },
    { id: id(16), team: id(10) },
    { id: id(25), team: id(20) },
  ],
  note_labels: [
    { note: id(11), label: id(15), hidden: false },
    { note: id(11), label: id(16), hidden: true },
    // Across teams: a label that members of the note's team may not see.
    { note: id(11), label: id(25), hidden: false },
    { note: id(12), label: id(16), hidden: true },
    { note: id(13), label: id(15), hidden: false },
    { note: id(21), label: id(15), hidden: false },
  ],
};

const member = (own: string): Rule => ({
  op: 'exists',
  table: 'members',
  on: [{ other: 'team', own }],
  rule: { op: 'compare', column: 'person', with: '=', value: { claim: 'sub', type: 'uuid' } },
  rows: 'raw',
});
const yes = (column: string): Rule => ({
  op: 'compare',
  column,
  with: '=',
  value: { literal: true, type: 'boolean' },
});

const READ: Readonly<Record<string, Rule>> = {
  teams: member('id'),
  members: { op: 'compare', column: 'person', with: '=', value: { claim: 'sub', type: 'uuid' } },
  notes: { op: 'and', rules: [{ op: 'not', rule: yes('gone') }, member('team')] },
  labels: { op: 'can', table: 'teams', on: [{ other: 'id', own: 'team' }], operation: 'read' },
  note_labels: {
    op: 'and',
    rules: [
      { op: 'not', rule: yes('hidden') },
      {
        op: 'exists',
        table: 'notes',
        on: [{ other: 'id', own: 'note' }],
        rule: { op: 'anyone' },
        rows: 'visible',
      },
    ],
  },
};

const nobody: Rule = { op: 'nobody' };
export const RULES: AccessRules = {
  claims: {
    sub: { type: 'uuid', path: ['sub'] },
    roles: { type: 'text[]', path: ['roles'] },
  },
  tables: Object.fromEntries(
    TABLES.map(({ table, key, columns }) => [
      table,
      {
        table,
        key,
        columns: Object.fromEntries(
          Object.entries(columns).map(([name, { type }]) => [name, type]),
        ),
        read: READ[table] ?? nobody,
        insert: nobody,
        update: { from: nobody, to: nobody },
        delete: nobody,
        immutable: [],
      },
    ]),
  ),
};

const teams = table('teams').columns({ id: string(), name: string().optional() }).primaryKey('id');
const members = table('members')
  .columns({ team: string(), person: string() })
  .primaryKey('team', 'person');
const notes = table('notes')
  .columns({ id: string(), team: string(), gone: boolean() })
  .primaryKey('id');
const labels = table('labels').columns({ id: string(), team: string() }).primaryKey('id');
const noteLabels = table('note_labels')
  .columns({ note: string(), label: string(), hidden: boolean() })
  .primaryKey('note', 'label');

export const SCHEMA = createSchema({
  tables: [teams, members, notes, labels, noteLabels],
  relationships: [
    relationships(teams, ({ many }) => ({
      members: many({ sourceField: ['id'], destField: ['team'], destSchema: members }),
      notes: many({ sourceField: ['id'], destField: ['team'], destSchema: notes }),
      labels: many({ sourceField: ['id'], destField: ['team'], destSchema: labels }),
    })),
    relationships(notes, ({ many, one }) => ({
      owner: one({ sourceField: ['team'], destField: ['id'], destSchema: teams }),
      links: many({ sourceField: ['id'], destField: ['note'], destSchema: noteLabels }),
      labels: many(
        { sourceField: ['id'], destField: ['note'], destSchema: noteLabels },
        { sourceField: ['label'], destField: ['id'], destSchema: labels },
      ),
    })),
    relationships(labels, ({ many, one }) => ({
      owner: one({ sourceField: ['team'], destField: ['id'], destSchema: teams }),
      notes: many(
        { sourceField: ['id'], destField: ['label'], destSchema: noteLabels },
        { sourceField: ['note'], destField: ['id'], destSchema: notes },
      ),
    })),
  ],
});
export const zql = createBuilder(SCHEMA);

/** Client and server names are equal here, so this is the result of an endpoint. */
export const astOf = (query: AnyQuery): AST => asQueryInternals(query).ast;
