import { drizzleSchema, NOTES, type Mistake } from './mistake.ts';

/** Names that only Postgres, or drizzle-kit by ending the process, would refuse. */
export const NAME_MISTAKES: readonly Mistake[] = [
  {
    name: 'indexes of two tables have one name',
    files:
      drizzleSchema(`export const a = pgTable('a', { n: integer() }, (t) => [index('by_n').on(t.n)]);
export const b = pgTable('b', { n: integer() }, (t) => [index('by_n').on(t.n)]);`),
    command: 'generate',
    code: 'schema/name-twice',
    place: 'schema.ts:2  a',
    fix: 'rename all but one',
  },
  {
    name: 'unique constraints of a table have one name',
    files: drizzleSchema(
      `export const a = pgTable('a', { n: integer().unique('once'), m: integer().unique('once') });`,
    ),
    command: 'generate',
    code: 'schema/name-twice',
    place: 'schema.ts:2  a',
    fix: 'rename all but one',
  },
  {
    name: 'policies of a table have one name',
    files: drizzleSchema(
      `export const a = pgTable('a', { n: integer() }, () => [pgPolicy('p', { for: 'select' }), pgPolicy('p', { for: 'insert' })]);`,
    ),
    command: 'generate',
    code: 'schema/name-twice',
    place: 'schema.ts:2  a',
    fix: 'rename all but one',
  },
  {
    name: 'a view is named like another one',
    files: drizzleSchema(`${NOTES}
export const v = pgView('v').as((qb) => qb.select().from(notes));
export const w = pgView('v').as((qb) => qb.select().from(notes));`),
    command: 'generate',
    code: 'schema/name-twice',
    place: 'schema.ts:3  v',
    fix: 'rename all but one',
  },
];
