import type { AccessRules, Join, Rule, Scalar } from '../../model/rule.ts';
import type { Pools } from './draw-pools.ts';
import type { WorldJoin } from './world.ts';

/** The literals and joins of rules. */
export interface Named {
  readonly pools: Pools;
  readonly joins: readonly WorldJoin[];
}

export function namedIn(rules: AccessRules): Named {
  // Labels of an enum come from its column.
  const values: Record<Scalar | 'role', Set<never>> = {
    uuid: new Set(),
    text: new Set(),
    integer: new Set(),
    boolean: new Set(),
    moment: new Set(),
    enum: new Set(),
    role: new Set(),
  };
  const joins = new Map<string, WorldJoin>();
  const join = (table: string, other: string, on: Join): void => {
    joins.set(JSON.stringify([table, other, on]), { table, other, on });
  };
  const visit = (table: string, rule: Rule): void => {
    switch (rule.op) {
      case 'role':
        values.role.add(rule.role as never);
        break;
      case 'compare':
        if ('literal' in rule.value) values[rule.value.type].add(rule.value.literal as never);
        break;
      case 'in':
        if ('claim' in rule.values) break;
        for (const literal of rule.values.literals) values[rule.values.type].add(literal as never);
        break;
      case 'and':
      case 'or':
        for (const part of rule.rules) visit(table, part);
        break;
      case 'not':
        visit(table, rule.rule);
        break;
      case 'exists':
        join(table, rule.table, rule.on);
        visit(rule.table, rule.rule);
        break;
      case 'can':
        join(table, rule.table, rule.on);
        break;
      default:
    }
  };
  for (const { table, read, insert, update, delete: remove } of Object.values(rules.tables)) {
    for (const rule of [read, insert, update.from, update.to, remove]) visit(table, rule);
  }
  const pools = Object.fromEntries(
    Object.entries(values).map(([type, found]) => [type, [...found]]),
  ) as unknown as Pools;
  return { pools, joins: [...joins.values()] };
}
