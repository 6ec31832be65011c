import type {
  AccessRules,
  ClaimDeclaration,
  Claims,
  Operation,
  Rule,
  TableRules,
} from '../../model/rule.ts';
import type { Draw } from './draw.ts';
import type { Pools } from './draw-pools.ts';
import { drawRule } from './draw-rule.ts';
import { evaluate } from './oracle.ts';
import type { Database, WorldJoin, WorldTable } from './world.ts';

/** What stays the same from world to world. */
export interface WorldPlan {
  readonly tables: readonly WorldTable[];
  /** Each is also used from its other side. */
  readonly joins: readonly WorldJoin[];
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  /** The rules, where they are not random. */
  readonly rules?: AccessRules;
  /** Values that rows and claims should have now and then: those in the rules. */
  readonly meets?: Pools;
}

/**
 * Rules for all tables. Tables stand in a random order, in which rules are made
 * from those of earlier tables only (and a table's rules for writing from its
 * rule for reading), so that none is made from itself.
 */
export function drawRules(draw: Draw, plan: WorldPlan, pools: Pools, people: People): AccessRules {
  const order = shuffled(draw, plan.tables);
  const tables: Record<string, TableRules> = {};
  for (const table of order) {
    const earlier = Object.keys(tables);
    const rule = (operation: Operation, beside: readonly Rule[]): Rule => {
      const rules = { claims: plan.claims, tables };
      const told = { rules, people, table: table.table, beside };
      return drawTelling(draw, told, () => {
        const may = (other: string, wanted: Operation): boolean =>
          earlier.includes(other) ||
          (other === table.table && wanted === 'read' && operation !== 'read');
        return drawRule(draw, { ...plan, pools, may }, table, 2);
      });
    };
    const read = rule('read', []);
    // A table's rules for writing may be made from its rule for reading.
    const reading = { ...blank(table), read };
    tables[table.table] = reading;
    tables[table.table] = drawWriting(draw, table, reading, rule);
  }
  // In the plan's order: what is made of the rules must not depend on theirs.
  const inOrder = plan.tables.map(({ table }) => [table, tables[table] as TableRules] as const);
  return { claims: plan.claims, tables: Object.fromEntries(inOrder) };
}

/** Whom and what the rules are about. */
export interface People {
  readonly principals: readonly Claims[];
  readonly rows: Database;
}

interface Telling {
  readonly rules: AccessRules;
  readonly people: People;
  readonly table: string;
  /** Rules that hold as well. */
  readonly beside: readonly Rule[];
}

/**
 * Most random rules let everybody in or nobody. Of a few, the first that tells
 * rows apart for most principals; now and then just any.
 */
function drawTelling(
  draw: Draw,
  { rules, people: { principals, rows: db }, table, beside }: Telling,
  next: () => Rule,
): Rule {
  const rows = db[table] ?? [];
  const tells = (rule: Rule): boolean => {
    const whole: Rule = { op: 'and', rules: [...beside, rule] };
    const split = principals.filter((claims) => {
      const open = rows.filter((row) => evaluate(whole, row, { rules, claims, db }) === true);
      return open.length > 0 && open.length < rows.length;
    });
    return split.length * 2 > principals.length;
  };
  let rule = next();
  if (draw.percent(15)) return rule;
  for (let left = 12; left > 0 && !tells(rule); left -= 1) rule = next();
  return rule;
}

/** The same for rules that are given: of a few sets of rows and people, the one that they tell apart best. */
export function drawTold(draw: Draw, rules: AccessRules, next: () => People): People {
  const score = ({ principals, rows: db }: People): number => {
    let told = 0;
    for (const { table, read, insert, update, delete: remove } of Object.values(rules.tables)) {
      for (const rule of [read, insert, update.from, remove]) {
        for (const claims of principals) {
          const rows = db[table] ?? [];
          const open = rows.filter((row) => evaluate(rule, row, { rules, claims, db }) === true);
          if (open.length > 0 && open.length < rows.length) told += 1;
        }
      }
    }
    return told;
  };
  const tries = Array.from({ length: draw.percent(15) ? 1 : 20 }, next);
  return tries.reduce((best, other) => (score(other) > score(best) ? other : best));
}

const nobody: Rule = { op: 'nobody' };

function blank(table: WorldTable): TableRules {
  return {
    table: table.table,
    key: table.key,
    columns: Object.fromEntries(
      Object.entries(table.columns).map(([column, { type }]) => [column, type]),
    ),
    read: nobody,
    insert: nobody,
    update: { from: nobody, to: nobody },
    delete: nobody,
    immutable: table.key,
  };
}

function drawWriting(
  draw: Draw,
  table: WorldTable,
  reading: TableRules,
  rule: (operation: Operation, beside: readonly Rule[]) => Rule,
): TableRules {
  const { read } = reading;
  // What people write implies read; what the rules allow need not.
  const readable = draw.percent(50);
  const write = (operation: Operation): Rule => {
    if (draw.percent(25)) return readable ? read : { op: 'anyone' };
    const own = rule(operation, [read]);
    return readable ? { op: 'and', rules: [read, own] } : own;
  };
  const others = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  const from = write('update');
  return {
    ...reading,
    insert: rule('insert', []),
    update: { from, to: draw.percent(40) ? from : write('update') },
    delete: write('delete'),
    immutable: [...table.key, ...draw.some(others, 0, 2)],
  };
}

function shuffled<T>(draw: Draw, list: readonly T[]): readonly T[] {
  const left = [...list];
  return list.map(() => left.splice(draw.number(left.length - 1), 1)[0] as T);
}
