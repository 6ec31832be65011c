import {
  createBuilder,
  createSchema,
  relationships,
  string,
  table,
  type AST,
  type AnyQuery,
  type Condition,
} from '@rocicorp/zero';
import { handleQueryRequest } from '@rocicorp/zero/server';
import { describe, expect, test } from 'vitest';
import type { AccessRules, Rule, TableRules } from '../model/rule.ts';
import { guardQuery } from './guard-query.ts';
import { NEVER } from './term.ts';

const tag = table('tag')
  .from('tags')
  .columns({ id: string(), creator: string().from('created_by') })
  .primaryKey('id');
const note = table('note')
  .from('app.notes')
  .columns({ id: string(), author: string().from('author_id') })
  .primaryKey('id');
const noteTag = table('noteTag')
  .from('note_tags')
  .columns({ noteId: string().from('note_id'), tagId: string().from('tag_id') })
  .primaryKey('noteId', 'tagId');
const schema = createSchema({
  tables: [tag, note, noteTag],
  relationships: [
    relationships(note, ({ many }) => ({
      tags: many(
        { sourceField: ['id'], destField: ['noteId'], destSchema: noteTag },
        { sourceField: ['tagId'], destField: ['id'], destSchema: tag },
      ),
      links: many({ sourceField: ['id'], destField: ['noteId'], destSchema: noteTag }),
    })),
    relationships(noteTag, ({ many }) => ({
      tag: many({ sourceField: ['tagId'], destField: ['id'], destSchema: tag }),
    })),
  ],
});
const zql = createBuilder(schema);

const is = (column: string, value: string): Rule => ({
  op: 'compare',
  column,
  with: '=',
  value: { literal: value, type: 'text' },
});

/** Each table has a distinct rule. */
const RULES: Record<string, Rule> = {
  tags: is('created_by', 'TAG'),
  'app.notes': is('author_id', 'NOTE'),
  note_tags: is('tag_id', 'LINK'),
};
const rules = accessRules(RULES);

function accessRules(read: Record<string, Rule>): AccessRules {
  const nobody: Rule = { op: 'nobody' };
  const tables = Object.entries(read).map(([name, rule]): [string, TableRules] => [
    name,
    {
      table: name,
      key: ['id'],
      columns: {},
      read: rule,
      insert: nobody,
      update: { from: nobody, to: nobody },
      delete: nobody,
      immutable: [],
    },
  ]);
  return {
    claims: { sub: { type: 'text', path: ['sub'] }, roles: { type: 'text[]', path: ['roles'] } },
    tables: Object.fromEntries(tables),
  };
}

/** A query as the endpoint returns it, with server names. */
async function served(query: AnyQuery): Promise<AST> {
  const response = await handleQueryRequest({
    schema,
    userID: 'u',
    handler: () => query,
    request: new Request('http://localhost/query', {
      method: 'POST',
      body: JSON.stringify(['transform', [{ id: 'q', name: 'q', args: [] }]]),
    }),
  });
  if (!('queries' in response)) throw new Error(JSON.stringify(response));
  const [answer] = response.queries;
  if (!answer || !('ast' in answer)) throw new Error(JSON.stringify(answer));
  return answer.ast;
}

/** The tables of a query, and whether the condition of each starts with the table's own rule. */
function hops(ast: AST): readonly (readonly [table: string, guarded: boolean])[] {
  const own = { tags: 'TAG', 'app.notes': 'NOTE', note_tags: 'LINK' }[ast.table];
  const parts = ast.where?.type === 'and' ? ast.where.conditions : ast.where ? [ast.where] : [];
  const guarded = parts.some(
    (part) => part.type === 'simple' && part.right.type === 'literal' && part.right.value === own,
  );
  return [
    [ast.table, guarded],
    ...(ast.where ? conditionHops(ast.where) : []),
    ...(ast.related ?? []).flatMap(({ subquery }) => hops(subquery)),
  ];
}

function conditionHops(condition: Condition): ReturnType<typeof hops> {
  switch (condition.type) {
    case 'simple':
      return [];
    case 'correlatedSubquery':
      return hops(condition.related.subquery);
    default:
      return condition.conditions.flatMap(conditionHops);
  }
}

describe('every hop gets its rule', () => {
  const queries: readonly [string, AnyQuery, readonly string[]][] = [
    ['root', zql.tag, ['tags']],
    ['related', zql.note.related('links'), ['app.notes', 'note_tags']],
    ['junction', zql.note.related('tags'), ['app.notes', 'note_tags', 'tags']],
    ['exists', zql.note.whereExists('links'), ['app.notes', 'note_tags']],
    ['exists over a junction', zql.note.whereExists('tags'), ['app.notes', 'note_tags', 'tags']],
    [
      'not exists, in or, in and',
      zql.note.where(({ and, or, not, exists, cmp }) =>
        and(
          cmp('id', '!=', 'a'),
          or(cmp('id', 'b'), not(exists('links', (q) => q.whereExists('tag')))),
        ),
      ),
      ['app.notes', 'note_tags', 'tags'],
    ],
    [
      'exists inside related',
      zql.note.related('links', (q) => q.whereExists('tag').related('tag').limit(3)),
      ['app.notes', 'note_tags', 'tags', 'tags'],
    ],
    [
      'flipped and scalar',
      zql.note
        .whereExists('links', { flip: true })
        .whereExists('links', (q) => q.where('noteId', 'n').where('tagId', 't'), { scalar: true }),
      ['app.notes', 'note_tags', 'note_tags'],
    ],
    [
      'page',
      zql.note.orderBy('author', 'asc').start({ id: 'a', author: 'b' }).limit(2).one(),
      ['app.notes'],
    ],
  ];

  test.each(queries)('%s', async (_, query, tables) => {
    const asked = await served(query);
    const before = JSON.stringify(asked);
    expect(hops(asked)).toEqual(tables.map((name) => [name, false]));
    const guarded = guardQuery(deepFreeze(asked), rules, {});
    expect(hops(guarded)).toEqual(tables.map((name) => [name, true]));
    expect(JSON.stringify(asked)).toBe(before);
    // Nothing else changes: the query without the rules is the original one.
    expect(guardQuery(asked, accessRules(anyoneReads), {})).toEqual(JSON.parse(before));
  });
  const anyoneReads = Object.fromEntries(
    Object.keys(RULES).map((name): [string, Rule] => [name, { op: 'anyone' }]),
  );
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

test('the query has server names', async () => {
  const guarded = guardQuery(await served(zql.note.related('tags')), rules, {});
  expect(guarded.table).toBe('app.notes');
  expect(guarded.related?.[0]?.correlation).toEqual({
    parentField: ['id'],
    childField: ['note_id'],
  });
});

test('a table without rules returns no rows', () => {
  expect(guardQuery({ table: 'secrets' }, rules, {})).toEqual({ table: 'secrets', where: NEVER });
  expect(guardQuery({ table: 'toString' }, rules, {}).where).toBe(NEVER);
  const where: Condition = {
    type: 'simple',
    op: '=',
    left: { type: 'column', name: 'id' },
    right: { type: 'literal', value: 'a' },
  };
  expect(guardQuery({ table: 'secrets', where }, rules, {}).where).toBe(NEVER);
});

test('the structure of a condition is kept', async () => {
  const asked = await served(zql.tag.where(({ or, cmp }) => or(cmp('id', 'a'), cmp('id', 'b'))));
  const { where } = guardQuery(asked, rules, {});
  expect(where).toMatchObject({
    type: 'and',
    conditions: [{ type: 'or' }, { type: 'simple', right: { value: 'TAG' } }],
  });
  const both = await served(zql.tag.where('id', 'a').where('id', '!=', 'b'));
  expect(guardQuery(both, rules, {}).where).toMatchObject({
    type: 'and',
    conditions: [{ op: '=' }, { op: '!=' }, { right: { value: 'TAG' } }],
  });
});

test('rules that were prepared for one principal work for another', () => {
  const mine = accessRules({
    tags: { op: 'compare', column: 'created_by', with: '=', value: { claim: 'sub', type: 'text' } },
  });
  const claims = { sub: 'a' };
  const ask = (): unknown => guardQuery({ table: 'tags' }, mine, claims).where;
  expect(ask()).toMatchObject({ right: { value: 'a' } });
  claims.sub = 'b';
  expect(ask()).toMatchObject({ right: { value: 'b' } });
});

test('a scalar subquery becomes a plain one if the rule contains NOT EXISTS', async () => {
  const hidden: Rule = {
    op: 'not',
    rule: {
      op: 'exists',
      table: 'tags',
      on: [{ other: 'id', own: 'tag_id' }],
      rule: { op: 'anyone' },
      rows: 'raw',
    },
  };
  const asked = await served(
    zql.note.whereExists('links', (q) => q.where('noteId', 'n').where('tagId', 't'), {
      scalar: true,
    }),
  );
  expect(asked.where).toHaveProperty('scalar', true);
  const anyone: Rule = { op: 'anyone' };
  const plain = accessRules({ 'app.notes': anyone, note_tags: anyone });
  expect(guardQuery(asked, plain, {}).where).toHaveProperty('scalar', true);
  const absent = accessRules({ 'app.notes': anyone, note_tags: hidden });
  expect(guardQuery(asked, absent, {}).where).not.toHaveProperty('scalar');
});

test('a rule does not check the parent row again, unless it is a scalar subquery', async () => {
  const ofNote: Rule = {
    op: 'can',
    table: 'app.notes',
    on: [{ other: 'id', own: 'note_id' }],
    operation: 'read',
  };
  const belonging = accessRules({ ...RULES, note_tags: ofNote });
  const asks = (ast: AST): boolean => JSON.stringify(ast).includes('zsubq_rule');
  const guarded = async (query: AnyQuery): Promise<AST> =>
    guardQuery(await served(query), belonging, {});
  expect(asks(await guarded(zql.noteTag))).toBe(true);
  expect(asks(await guarded(zql.note.related('links').whereExists('tags')))).toBe(false);
  const scalar = zql.note.whereExists('links', (q) => q.where('noteId', 'n').where('tagId', 't'), {
    scalar: true,
  });
  expect(asks(await guarded(scalar))).toBe(true);
});

test('the rule of a table that is reached in two ways is simplified only on the way that proves it', () => {
  const on = [{ own: 'note_id', other: 'id' }];
  const own = accessRules({
    ...RULES,
    note_tags: { op: 'exists', table: 'app.notes', on, rule: { op: 'anyone' }, rows: 'visible' },
  });
  const hop = (table: string, parentField: string, childField: string, more: object = {}) => ({
    correlation: { parentField: [parentField], childField: [childField] },
    subquery: { table, alias: table, ...more },
  });
  const links = (parentField: string, childField: string) =>
    hop('note_tags', parentField, childField);
  const ast = {
    table: 'app.notes',
    related: [
      links('id', 'note_id'),
      hop('tags', 'id', 'id', { related: [links('id', 'tag_id')] }),
    ],
  } as unknown as AST;
  const [proven, tags] = guardQuery(ast, own, {}).related ?? [];
  expect(proven?.subquery.where).toBeUndefined();
  expect(tags?.subquery.related?.[0]?.subquery.where).toMatchObject({ op: 'EXISTS' });
});
