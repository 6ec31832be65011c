import { expect, test } from 'vitest';
import { planZero } from '../../src/emit/zero/plan-zero.ts';
import type { ZeroChoices } from '../../src/model/zero-choices.ts';
import { schema, table, text, uuid } from './made-schema.fixture.ts';

test('a view can only be excluded', () => {
  const view = {
    id: 'recent',
    name: 'recent',
    exportName: 'recent',
    materialized: false,
    with: {},
  };
  const { findings } = planZero(schema([], [], [view]), undefined, {
    tables: { recent: { name: 'r' } },
  });
  expect(findings).toContainEqual({
    severity: 'error',
    code: 'zero/view',
    message: 'zero.tables names "recent", which is a view. Postgres only replicates tables.',
    settings: [['zero', 'tables', 'recent']],
    fix: 'set it to false, or remove it.',
  });
});

test.each<[choices: ZeroChoices, where: string, fix: string]>([
  [{ only: ['notez'] }, 'zero.only', 'did you mean "notes"?'],
  [{ tables: { note: {} } }, 'zero.tables.note', 'did you mean "notes"?'],
  [
    { tables: { notes: { columns: { boddy: false } } } },
    'zero.tables.notes.columns.boddy',
    'did you mean "body"?',
  ],
  [
    { tables: { notes: { columns: { xyz: true } } } },
    'zero.tables.notes.columns.xyz',
    'write one of body, id.',
  ],
  [{ manyToMany: { nots: {} } }, 'zero.manyToMany.nots', 'did you mean "notes"?'],
  [
    { manyToMany: { notes: { tags: false } } },
    'zero.manyToMany.notes',
    'write one of none: there is nothing to name.',
  ],
])('a name that does not exist: %j', (choices, where, fix) => {
  const { findings } = planZero(
    schema([table('notes', [uuid('id'), text('body')])]),
    undefined,
    choices,
  );
  expect(findings).toMatchObject([
    { severity: 'error', code: 'zero/unknown-name', settings: [where.split('.')], fix },
  ]);
});
