import type { Claims, Operation, Rule, Scalar } from '../../model/rule.ts';
import type { Combination } from './coverage/combination.ts';
import { itemText } from './coverage/items.ts';
import { claimState } from './coverage/operand-of.ts';
import type { Draw } from './draw.ts';
import { drawValue } from './draw-pools.ts';
import { drawRule, type RuleMaterial } from './draw-rule.ts';
import type { WorldTable } from './world.ts';

/** What a rule is drawn for. */
export interface Goal {
  readonly wanted: Combination;
  readonly principals: readonly Claims[];
  /** How often an item was covered. */
  timesOf(item: string): number;
}

/**
 * A rule with a condition of the given combination, at its depth and polarity. Whether
 * the condition decides about a row depends on the rows: the caller has to check.
 */
export function drawCoveringRule(
  draw: Draw,
  material: RuleMaterial,
  table: WorldTable,
  goal: Goal,
): Rule | undefined {
  const { wanted } = goal;
  const wrap = (levels: readonly Level[], at: WorldTable): Rule | undefined => {
    const [level, ...inner] = levels;
    if (level === undefined) return drawWanted(draw, material, at, goal);
    if (level === 'exists') {
      const joins = material.joins.filter((join) => join.table === at.table);
      if (joins.length === 0) return undefined;
      const join = draw.pick(joins);
      const other = material.tables.find((one) => one.table === join.other);
      const rule = other && wrap(inner, other);
      const rows = draw.percent(30) && material.may(join.other, 'read') ? 'visible' : 'raw';
      return rule && { op: 'exists', table: join.other, on: join.on, rule, rows };
    }
    const rule = wrap(inner, at);
    if (!rule || level === 'not') return rule && { op: 'not', rule };
    const others = draw.percent(20) ? 2 : 1;
    const isOfRoles = level === 'or' && (wanted.operator === 'role' || wantsRoles(draw, goal));
    const beside = Array.from({ length: isOfRoles ? 2 : others }, () =>
      isOfRoles
        ? ({ op: 'role', role: draw.pick(material.pools.role) } as const)
        : draw.percent(50)
          ? neutral(level, at)
          : drawRule(draw, material, at, 0),
    );
    return { op: level, rules: draw.percent(50) ? [rule, ...beside] : [...beside, rule] };
  };
  return wrap(drawLevels(draw, wanted), table);
}

/** Whether to put an `or` of roles beside another condition, because none has decided yet. */
const wantsRoles = (draw: Draw, { timesOf }: Goal): boolean =>
  draw.percent(30) &&
  (['allowed', 'denied'] as const).some(
    (verdict) => timesOf(itemText('or of roles', verdict)) === 0,
  );

type Level = 'and' | 'or' | 'not' | 'exists';

/** What surrounds the condition, from the outside in. */
function drawLevels(draw: Draw, { depth, polarity }: Combination): readonly Level[] {
  const nots = (polarity === 'negated' ? 1 : 0) + (depth > 2 && draw.percent(30) ? 2 : 0);
  const count = nots > depth ? nots - 2 : nots;
  const levels: Level[] = Array.from({ length: depth }, (_, at) =>
    at < count ? 'not' : draw.pick(['and', 'or', 'exists'] as const),
  );
  return draw.shuffle(levels);
}

/** A rule beside the wanted one that leaves the decision to it, and that no enforcer folds away. */
const neutral = (level: 'and' | 'or', { key }: WorldTable): Rule => {
  const isNull: Rule = { op: 'null', column: key[0] ?? '' };
  return level === 'or' ? isNull : { op: 'not', rule: isNull };
};

/** The condition itself; `undefined` if the table or the principals do not allow it. */
function drawWanted(
  draw: Draw,
  material: RuleMaterial,
  table: WorldTable,
  goal: Goal,
): Rule | undefined {
  const { wanted, principals } = goal;
  const { operator, type, operand, value } = wanted;
  switch (operator) {
    case 'role':
      return { op: 'role', role: draw.pick(material.pools.role) };
    case 'authenticated':
      return { op: 'authenticated' };
    case 'exists raw':
    case 'exists visible':
    case 'can':
      return drawLookup(draw, material, table, goal);
    default:
  }
  const columns = Object.entries(table.columns).flatMap(([name, column]) =>
    column.type === type && (value === 'present' || column.nullable) ? [name] : [],
  );
  if (columns.length === 0) return undefined;
  const column = draw.pick(columns);
  const definition = table.columns[column];
  if (!definition) return undefined;
  if (operator === 'null') return { op: 'null', column };
  const scalar = definition.type;
  if (operand === 'literal' || operand === 'empty literals') {
    const literal = (): string | number | boolean => drawValue(draw, material.pools, definition);
    if (operator !== 'in') {
      return { op: 'compare', column, with: operator, value: { literal: literal(), type: scalar } };
    }
    const length = operand === 'literal' ? draw.pick([1, 2, 3]) : 0;
    const literals = Array.from({ length }, literal);
    return { op: 'in', column, values: { literals, type: scalar } };
  }
  const claim = drawClaim(draw, material, { ...wanted, scalar }, principals);
  if (claim === undefined) return undefined;
  const from = { claim, type: scalar };
  return operator === 'in'
    ? { op: 'in', column, values: from }
    : { op: 'compare', column, with: operator, value: from };
}

/** A claim of the type that a principal has in the wanted form. */
function drawClaim(
  draw: Draw,
  { claims }: RuleMaterial,
  { operator, operand, scalar }: Combination & { readonly scalar: Scalar },
  principals: readonly Claims[],
): string | undefined {
  const type = operator === 'in' ? `${scalar}[]` : scalar;
  const rules = { claims, tables: {} };
  const fitting = Object.keys(claims).filter(
    (name) =>
      claims[name]?.type === type &&
      name !== 'roles' &&
      principals.some((one) => claimState(name, { rules, claims: one }) === operand),
  );
  return fitting.length === 0 ? undefined : draw.pick(fitting);
}

const OPERATIONS: readonly Operation[] = ['read', 'insert', 'update', 'delete'];

function drawLookup(
  draw: Draw,
  material: RuleMaterial,
  table: WorldTable,
  { wanted: { operator, type, operand, polarity }, timesOf }: Goal,
): Rule | undefined {
  const width = type === 'one column' ? 1 : 2;
  const joins = material.joins.filter(
    ({ table: own, other, on }) =>
      own === table.table &&
      on.length === width &&
      (operator === 'exists raw' ||
        (operator === 'exists visible' ? material.may(other, 'read') : true)),
  );
  if (joins.length === 0) return undefined;
  const { other, on } = draw.pick(joins);
  if (operator === 'can') {
    const operations = OPERATIONS.filter((operation) => material.may(other, operation));
    if (operations.length === 0) return undefined;
    const times = (operation: Operation): number => {
      const name = `${polarity === 'negated' ? 'not can' : 'can'} ${operation}` as const;
      return timesOf(itemText(name, 'allowed')) + timesOf(itemText(name, 'denied'));
    };
    const operation = draw
      .shuffle(operations)
      .reduce((least, one) => (times(one) < times(least) ? one : least));
    return { op: 'can', table: other, on, operation };
  }
  const target = material.tables.find((one) => one.table === other);
  if (!target) return undefined;
  const plain: Rule = draw.percent(50)
    ? { op: 'anyone' }
    : { op: 'null', column: draw.pick(Object.keys(target.columns)) };
  const rule = operand === 'none' ? plain : drawRule(draw, material, target, 1);
  return {
    op: 'exists',
    table: other,
    on,
    rule,
    rows: operator === 'exists raw' ? 'raw' : 'visible',
  };
}
