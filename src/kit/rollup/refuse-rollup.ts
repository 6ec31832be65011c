import { getTableColumns, type Column } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import { ProblemError } from '../../report/problem.ts';
import { refuseRoleRule } from '../access/refuse-role.ts';
import { idOf } from '../access/rule-origin.ts';
import type { CoarserRollupInput, EventRollupInput } from './rollup-input.ts';
import { rollupOf } from './rollup-of.ts';

/** The longest name is `rollups."mark_range_{table}"`; triggers have `rollup_{table}_insert`. */
const MAX_NAME_BYTES = 63 - 'rollup__insert'.length;
const MAX_BOUNDS = 100;

/** Refuses rollups whose function would fail, or would count wrongly. */
export function refuseRollup(table: PgTable, input: EventRollupInput | CoarserRollupInput): void {
  const id = idOf(table);
  const wrong = wrongTable(table, input) ?? wrongKeys(table, input) ?? wrongSource(input);
  if (wrong) {
    throw new ProblemError({
      code: 'kit/rollup',
      message: `the rollup ${id} is invalid: ${wrong.what}.`,
      object: qualifiedName(splitTableId(id)),
      fix: wrong.fix,
    });
  }
  if ('at' in input && input.errors) {
    refuseRoleRule(input.of, input.errors, `the errors of the rollup ${id}`);
  }
}

interface Wrong {
  readonly what: string;
  readonly fix: string;
}

function wrongTable(
  table: PgTable,
  { of, every }: EventRollupInput | CoarserRollupInput,
): Wrong | undefined {
  if (of === table) {
    return { what: 'it is derived from itself', fix: 'name another table in `of`.' };
  }
  if (columnOf(table, every) === undefined) {
    return {
      what: `it has no column ${every}`,
      fix: `spread rollupColumns('${every}') into the table.`,
    };
  }
  if (new TextEncoder().encode(idOf(table)).length > MAX_NAME_BYTES) {
    return {
      what: 'its name is too long for the names of its triggers',
      fix: `shorten it to ${MAX_NAME_BYTES} bytes.`,
    };
  }
  return undefined;
}

function wrongKeys(
  table: PgTable,
  { of, keys }: EventRollupInput | CoarserRollupInput,
): Wrong | undefined {
  for (const key of keys) {
    const [own, other] = [columnOf(table, key.name), columnOf(of, key.name)];
    if (key.table !== table || !own?.notNull) {
      return {
        what: `the key ${key.name} is not a required column of the rollup`,
        fix: 'pass columns of the third argument that are .notNull(): keys: [t.serverId].',
      };
    }
    if (own.getSQLType() !== other?.getSQLType()) {
      return {
        what: `${idOf(of)} has no column ${key.name} of the type ${own.getSQLType()}`,
        fix: 'give both tables the same column.',
      };
    }
  }
  return keys.length === 0 ? { what: 'it has no keys', fix: 'name at least one.' } : undefined;
}

function wrongSource(input: EventRollupInput | CoarserRollupInput): Wrong | undefined {
  const { of, every, keys } = input;
  if (!('at' in input)) {
    const finer = rollupOf(of);
    if (!finer) {
      return {
        what: `${idOf(of)} is no rollup`,
        fix: 'pass at, value and bounds for a table of events.',
      };
    }
    const unknown = keys.find(({ name }) => !finer.keys.includes(name));
    if (unknown || (finer.every === 'day' && every === 'hour')) {
      const what = unknown ? `the key ${unknown.name}` : 'hours';
      return {
        what: `${idOf(of)} does not distinguish ${what}`,
        fix: 'derive it from a rollup with these keys and hours, or from the events.',
      };
    }
    return undefined;
  }
  return wrongEvents(input);
}

function wrongEvents({ of, at, value, bounds }: EventRollupInput): Wrong | undefined {
  const stranger = [at, value].find(({ table }) => table !== of);
  if (stranger) {
    return {
      what: `${stranger.name} is not a column of ${idOf(of)}`,
      fix: 'pass columns of the table in `of`.',
    };
  }
  if (!at.notNull || !/^timestamp.* with time zone$/.test(at.getSQLType())) {
    return { what: `${at.name} is not a required timestamptz`, fix: 'use instant(…).notNull().' };
  }
  if (!/^(?:integer|smallint)$/.test(value.getSQLType())) {
    return {
      what: `${value.name} is neither integer nor smallint`,
      fix: 'measure in a unit that fits, such as milliseconds.',
    };
  }
  const ascend = bounds.every(
    (bound, place) => isInteger(bound) && bound > (bounds[place - 1] ?? -Infinity),
  );
  return ascend && bounds.length > 0 && bounds.length <= MAX_BOUNDS
    ? undefined
    : {
        what: 'its bounds are not ascending integers',
        fix: `pass 1 to ${MAX_BOUNDS} bounds: [10, 100, 1000].`,
      };
}

const isInteger = (bound: number): boolean => Number.isInteger(bound) && Math.abs(bound) < 2 ** 31;

const columnOf = (table: PgTable, name: string): Column | undefined =>
  Object.values(getTableColumns(table)).find((column: AnyPgColumn) => column.name === name);
