import type {
  AccessRules,
  ClaimDeclaration,
  Operation,
  Rule,
  TableRules,
} from '../../model/rule.ts';
import { blankRules } from './blank-rules.ts';
import type { Coverage } from './coverage/coverage.ts';
import type { Draw } from './draw.ts';
import { drawDecisiveRule } from './draw-decisive-rule.ts';
import type { Pools } from './draw-pools.ts';
import { drawRule } from './draw-rule.ts';
import { evaluate } from './oracle.ts';
import type { Population, WorldJoin, WorldTable } from './world.ts';

/** The part that all worlds share. */
export interface WorldPlan {
  readonly tables: readonly WorldTable[];
  /** Rules use each join in both directions. */
  readonly joins: readonly WorldJoin[];
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  /** The rules, unless they are random. */
  readonly rules?: AccessRules;
  /** Values that the rules contain. Some rows and claims get them. */
  readonly meets?: Pools;
  /** What questions have covered: rules are drawn for what is rare in it. */
  readonly coverage?: Coverage;
  /** Claims that are never malformed. */
  readonly sound?: readonly string[];
  /** Principals of each world, 3 by default. With more than that, all writes are kept. */
  readonly principals?: number;
}

/**
 * Rules for all tables. Tables are in random order. A rule may refer only to rules of
 * earlier tables, and rules for writing also to the table's rule for reading, so there
 * are no cycles.
 */
export function drawRules(
  draw: Draw,
  plan: WorldPlan,
  pools: Pools,
  population: Population,
): AccessRules {
  const order = draw.shuffle(plan.tables);
  const tables: Record<string, TableRules> = {};
  for (const table of order) {
    const earlier = Object.keys(tables);
    const rule = (operation: Operation, beside: readonly Rule[]): Rule => {
      const rules = { claims: plan.claims, tables };
      const may = (other: string, wanted: Operation): boolean =>
        earlier.includes(other) ||
        (other === table.table && wanted === 'read' && operation !== 'read');
      const material = { ...plan, pools, may };
      const place = { rules, population, table, operation };
      const covering = plan.coverage && drawDecisiveRule(draw, material, place, plan.coverage);
      if (covering) return covering;
      const target = { rules, population, table: table.table, beside };
      return drawSelectiveRule(draw, target, () => drawRule(draw, material, table, 2));
    };
    // Rules for writing decide only about rows that the principal may read.
    const isOpen = plan.coverage !== undefined && draw.percent(45);
    const read: Rule = isOpen ? { op: 'anyone' } : rule('read', []);
    // A table's rules for writing may refer to its rule for reading.
    const reading = { ...blankRules(table), read };
    tables[table.table] = reading;
    const isSteered = plan.coverage !== undefined;
    tables[table.table] = drawWriting(draw, { table, reading, rule, isSteered });
  }
  // Rules are in the order of the plan, because generated output must not depend on their
  // order.
  const inOrder = plan.tables.map(({ table }) => [table, tables[table] as TableRules] as const);
  return { claims: plan.claims, tables: Object.fromEntries(inOrder) };
}

interface RuleTarget {
  readonly rules: AccessRules;
  readonly population: Population;
  readonly table: string;
  /** Further rules that must be true. */
  readonly beside: readonly Rule[];
}

/**
 * Most random rules allow all rows or none. Draws rules until one allows only some rows
 * for most principals; sometimes returns any rule.
 */
function drawSelectiveRule(
  draw: Draw,
  { rules, population: { principals, rows: db }, table, beside }: RuleTarget,
  next: () => Rule,
): Rule {
  const rows = db[table] ?? [];
  const isSelective = (rule: Rule): boolean => {
    const whole: Rule = { op: 'and', rules: [...beside, rule] };
    const split = principals.filter((claims) => {
      const open = rows.filter((row) => evaluate(whole, row, { rules, claims, db }) === true);
      return open.length > 0 && open.length < rows.length;
    });
    return split.length * 2 > principals.length;
  };
  let rule = next();
  if (draw.percent(15)) return rule;
  for (let left = 12; left > 0 && !isSelective(rule); left -= 1) rule = next();
  return rule;
}

/**
 * Draws several sets of rows for the given rules, and returns the one in which most rules allow
 * only some rows.
 */
export function drawSelectiveWorld(
  draw: Draw,
  rules: AccessRules,
  next: () => Population,
): Population {
  const score = ({ principals, rows: db }: Population): number => {
    let selective = 0;
    for (const { table, read, insert, update, delete: remove } of Object.values(rules.tables)) {
      for (const rule of [read, insert, update.from, remove]) {
        for (const claims of principals) {
          const rows = db[table] ?? [];
          const open = rows.filter((row) => evaluate(rule, row, { rules, claims, db }) === true);
          if (open.length > 0 && open.length < rows.length) selective += 1;
        }
      }
    }
    return selective;
  };
  const tries = Array.from({ length: draw.percent(15) ? 1 : 20 }, next);
  return tries.reduce((best, other) => (score(other) > score(best) ? other : best));
}

interface Writing {
  readonly table: WorldTable;
  /** The table's rules with the one for read. */
  readonly reading: TableRules;
  rule(operation: Operation, beside: readonly Rule[]): Rule;
  readonly isSteered: boolean;
}

function drawWriting(draw: Draw, { table, reading, rule, isSteered }: Writing): TableRules {
  const { read } = reading;
  // A rule that users write implies read; a valid rule does not have to.
  const readable = !isSteered && draw.percent(50);
  const write = (operation: Operation): Rule => {
    if (draw.percent(isSteered ? 5 : 25)) return readable ? read : { op: 'anyone' };
    const own = rule(operation, [read]);
    return readable ? { op: 'and', rules: [read, own] } : own;
  };
  const others = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  return {
    ...reading,
    insert: rule('insert', []),
    update: drawUpdate(draw, () => write('update'), isSteered),
    delete: write('delete'),
    immutable: [...table.key, ...draw.some(others, 0, 2)],
  };
}

/** A condition that denies in both rules decides in neither, so mostly one of the two is open. */
function drawUpdate(draw: Draw, next: () => Rule, isSteered: boolean): TableRules['update'] {
  const from = next();
  if (!isSteered) return { from, to: draw.percent(40) ? from : next() };
  const open: Rule = { op: 'anyone' };
  const [before, after] = [
    { from, to: open },
    { from: open, to: from },
  ];
  return draw.pick([before, before, after, after, { from, to: from }, { from, to: next() }]);
}
