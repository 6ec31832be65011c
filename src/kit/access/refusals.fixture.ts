import {
  bigint,
  char,
  date,
  doublePrecision,
  getTableConfig,
  integer,
  jsonb,
  numeric,
  pgEnum,
  real,
  text,
  timestamp,
  uuid,
  type PgTable,
} from 'drizzle-orm/pg-core';
import { ProblemError } from '../../report/problem.ts';
import {
  defineAccess,
  id,
  instant,
  pgTable,
  serverOnly,
  type AccessInput,
  type Rule,
} from '../index.ts';
import { markOf } from '../mark.ts';

// The types refuse most of these cases; plain JavaScript does not have the types.
// oxlint-disable-next-line typescript/no-explicit-any
export type Loose = any;

export const { access, claims } = defineAccess({ claims: { orgs: 'uuid[]', level: 'integer' } });
const mood = pgEnum('mood', ['good', 'bad']);
export const other = pgTable('other', {
  id: id(),
  createdBy: uuid('created_by'),
  kind: text('kind'),
  size: integer('size'),
});

export const moody = pgTable('moody', { id: id(), mood: mood('mood') });

export const gone = pgTable('gone', { id: id(), deletedAt: instant('deleted_at') });

const columns = {
  id: id(),
  otherId: uuid('other_id'),
  createdBy: uuid('created_by'),
  title: text('title'),
  size: integer('size'),
  code: char('code', { length: 3 }),
  price: numeric('price'),
  ratio: real('ratio'),
  exact: doublePrecision('exact'),
  big: bigint('big', { mode: 'bigint' }),
  mood: mood('mood'),
  data: jsonb('data'),
  words: text('words').array(),
  day: date('day'),
  spelt: timestamp('spelt', { mode: 'string' }),
  local: timestamp('local'),
  lockedBy: serverOnly(text('locked_by')),
  deletedAt: instant('deleted_at'),
};

/** A table with these rules. They are checked when its third argument is evaluated. */
export const make = (write: (t: never) => AccessInput): PgTable =>
  pgTable('things', columns, (t) => [...access(t, write(t as never))]).enableRLS();

/** The problem that the function throws. */
export function problemOf(run: () => unknown): ProblemError['problem'] {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

export const refused = (write: (t: Loose) => AccessInput): ProblemError['problem'] =>
  problemOf(() => getTableConfig(make(write as never)));

/** Codes and rules of the warnings for a table with these rules. */
export function warned(write: (t: Loose) => AccessInput): readonly string[] {
  const table = make(write as never);
  // This evaluates the third argument, which stores the warnings.
  getTableConfig(table);
  const warnings = markOf(table, 'access')?.warnings ?? [];
  return warnings.map(({ code, message }) => `${code} ${/rule for (\S+)/.exec(message)?.[1]}`);
}

export const reading = (rule: (t: Loose) => Rule): ProblemError['problem'] =>
  refused((t) => ({ read: rule(t) }));
