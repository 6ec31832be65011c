import { expectTypeOf, test } from 'vitest';
import type { PrincipalServices } from '../server.ts';
import type { schema } from '../../test/services/team-schema.ts';

declare const all: PrincipalServices<typeof schema, 'createdAt' | 'updatedAt'>;

test('a result has the named columns', () => {
  expectTypeOf(all.notes.get('id', { columns: ['title', 'stars'] })).resolves.toEqualTypeOf<{
    title: string;
    stars: number | null;
  }>();
  expectTypeOf(all.teams.get('id')).resolves.toEqualTypeOf<{ id: string; name: string }>();
});

test('a key is the value or an object', () => {
  expectTypeOf<{ id: string }>().toExtend<Parameters<typeof all.notes.get>[0]>();
  expectTypeOf<number>().not.toExtend<Parameters<typeof all.notes.get>[0]>();
  expectTypeOf<{ teamId: string; userId: string }>().toExtend<
    Parameters<typeof all.members.get>[0]
  >();
});

test('a filter knows the columns, their types and their conditions', () => {
  type Where = NonNullable<NonNullable<Parameters<typeof all.notes.list>[0]>['where']>;
  expectTypeOf<{ stars: { gte: 1; in: [1] }; title: 'x'; pinned: null }>().toExtend<Where>();
  expectTypeOf<{ stars: 'x' }>().not.toExtend<Where>();
  expectTypeOf<{ title: null }>().not.toExtend<Where>();
  expectTypeOf<'data'>().not.toExtend<keyof Where>();
  expectTypeOf<'nothing'>().not.toExtend<keyof Where>();
});

test('columns with a default are optional in a new row, others are not', () => {
  type New = Parameters<typeof all.notes.create>[0];
  expectTypeOf<{
    id: string;
    teamId: string;
    authorId: string;
    title: string;
    state: 'open';
  }>().toExtend<New>();
  expectTypeOf<{ id: string }>().not.toExtend<New>();
  type Changes = Parameters<typeof all.notes.update>[1];
  expectTypeOf<'id'>().not.toExtend<keyof Changes>();
});

test('only tables have services', () => {
  expectTypeOf<keyof typeof all>().toEqualTypeOf<
    'teams' | 'members' | 'notes' | 'events' | 'in' | 'transaction'
  >();
});
