import { readsTable } from '../../../src/guard/rows-before.ts';
import type { Claims, Rule } from '../../../src/model/rule.ts';
import { attemptOf } from '../../../src/testing/access/attempt-of.ts';
import { allowsAttempt, evaluate } from '../../../src/testing/access/oracle.ts';
import {
  keyText,
  type Attempt,
  type Database,
  type Row,
  type World,
} from '../../../src/testing/access/world.ts';

type Update = Extract<Attempt, { operation: 'update' }>;
type Change = Exclude<Attempt, { operation: 'insert' }>;

/** Two writes of one row in two transactions. The second one starts before the first one commits. */
export interface Race {
  readonly first: { readonly claims: Claims; readonly attempt: Update };
  /** Its row is the one that the first writer leaves. */
  readonly second: { readonly claims: Claims; readonly attempt: Change };
  /** Whether the second writer may write the row that the first one leaves. */
  readonly allowed: boolean;
  /** Whether it could have written the row before. */
  readonly before: boolean;
  /** Whether the policies allow the second statement on the row before, so that it waits. */
  readonly found: boolean;
}

/** The most races of one world. */
const RACES = 4;

/**
 * Races of a world's writes in which the first writer decides about the second one, and one in
 * which both are allowed. Rules that read the written table are left out: a statement that
 * waited sees the new row, but the old version of the table's other rows.
 */
export function racesOf(world: World): readonly Race[] {
  const races = allRaces(world);
  const decided = races.filter(({ allowed, before }) => allowed !== before);
  if (decided.length === 0) return [];
  return [...decided.slice(0, RACES - 1), ...races.filter(({ allowed }) => allowed).slice(0, 1)];
}

function allRaces(world: World): readonly Race[] {
  const { rules, rows: db, principals } = world;
  const changes = world.writes.flatMap((write): readonly Change[] => {
    const attempt = attemptOf(world, write);
    return attempt && attempt.operation !== 'insert' && isAlone(world, attempt.table)
      ? [attempt]
      : [];
  });
  const races: Race[] = [];
  for (const attempt of changes) {
    if (attempt.operation !== 'update') continue;
    const claims = principals.find((one) => allowsAttempt({ rules, claims: one, db }, attempt));
    if (!claims) continue;
    const after = rowsAfter(world, attempt);
    for (const other of changes) {
      const next = onto(attempt, other, rules.tables[attempt.table] ?? { key: [] });
      if (!next) continue;
      for (const second of principals) {
        races.push({
          first: { claims, attempt },
          second: { claims: second, attempt: next },
          allowed: allowsAttempt({ rules, claims: second, db: after }, next),
          before: allowsAttempt({ rules, claims: second, db }, other),
          found: finds(world, second, other),
        });
      }
    }
  }
  return races;
}

/** Whether no rule of a table reads rows of the same table. */
function isAlone({ rules }: World, table: string): boolean {
  const own = rules.tables[table];
  if (!own) return false;
  return ![own.read, own.update.from, own.update.to, own.delete].some((rule) =>
    readsTable(rule, table, rules),
  );
}

/** The other write of the same row, on what the first one leaves; `undefined` if it changes nothing then. */
function onto(
  first: Update,
  other: Change,
  table: { readonly key: readonly string[] },
): Change | undefined {
  if (other.table !== first.table) return undefined;
  if (keyText(table, other.before) !== keyText(table, first.before)) return undefined;
  const before = first.after;
  if (other.operation === 'delete') return { ...other, before };
  const changed = Object.keys(other.after).filter(
    (name) => other.after[name] !== other.before[name],
  );
  if (changed.some((name) => table.key.includes(name))) return undefined;
  const changes = changed.map((name) => [name, other.after[name] ?? null] as const);
  const after = { ...before, ...Object.fromEntries(changes) };
  return changed.every((name) => after[name] === before[name])
    ? undefined
    : { ...other, before, after };
}

function rowsAfter({ rules, rows: db }: World, { table, before, after }: Update): Database {
  const key = rules.tables[table] ?? { key: [] };
  const others = (db[table] ?? []).filter((row) => keyText(key, row) !== keyText(key, before));
  return { ...db, [table]: [...others, after] };
}

/**
 * Whether the policies allow the write on the row as it is before both writes. Postgres evaluates
 * WITH CHECK before it waits for the lock, so a refusal then needs no lock.
 */
function finds({ rules, rows: db }: World, claims: Claims, other: Change): boolean {
  const own = rules.tables[other.table];
  if (!own) return false;
  const holds = (list: readonly Rule[], row: Row): boolean =>
    list.every((one) => evaluate(one, row, { rules, claims, db }) === true);
  if (other.operation === 'delete') return holds([own.read, own.delete], other.before);
  const { from, to } = own.update;
  return holds([own.read, from], other.before) && holds([own.read, to], other.after);
}
