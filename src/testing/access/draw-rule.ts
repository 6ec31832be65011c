import type {
  ClaimDeclaration,
  Comparison,
  Join,
  Operation,
  Rule,
  Scalar,
} from '../../model/rule.ts';
import type { Draw } from './draw.ts';
import { drawValue, type Pools } from './draw-pools.ts';
import type { WorldJoin, WorldTable } from './world.ts';

/** Components of random rules. */
export interface RuleMaterial {
  readonly tables: readonly WorldTable[];
  readonly joins: readonly WorldJoin[];
  readonly claims: Readonly<Record<string, ClaimDeclaration>>;
  readonly pools: Pools;
  /** Whether a rule may refer to the table's rule for the operation. This prevents cycles. */
  may(table: string, operation: Operation): boolean;
}

const ANY: readonly Comparison[] = ['=', '=', '=', '!='];
const ORDERED: readonly Comparison[] = ['=', '=', '!=', '<', '<=', '>', '>='];
const OPERATIONS: readonly Operation[] = ['read', 'insert', 'update', 'delete'];

/** A random rule on a table, up to the given depth. */
export function drawRule(
  draw: Draw,
  material: RuleMaterial,
  table: WorldTable,
  depth: number,
): Rule {
  if (depth <= 0) return drawCondition(draw, material, table);
  const again = (): Rule => drawRule(draw, material, table, depth - 1);
  const kind = draw.number(99);
  if (kind < 30) return drawCondition(draw, material, table);
  if (kind < 58) {
    const op = draw.pick(['and', 'or', 'or'] as const);
    return { op, rules: Array.from({ length: draw.pick([2, 2, 2, 3, 3, 1, 0]) }, again) };
  }
  if (kind < 75) return { op: 'not', rule: again() };
  return drawExists(draw, material, table, depth) ?? drawCondition(draw, material, table);
}

function drawExists(
  draw: Draw,
  material: RuleMaterial,
  table: WorldTable,
  depth: number,
): Rule | undefined {
  const joins = material.joins.filter((join) => join.table === table.table);
  if (joins.length === 0) return undefined;
  const join = draw.pick(joins);
  const other = material.tables.find(({ table }) => table === join.other);
  if (!other) throw new TypeError(`no table "${join.other}"`);
  const operations = OPERATIONS.filter((operation) => material.may(other.table, operation));
  if (operations.length > 0 && draw.percent(25)) {
    return {
      op: 'can',
      table: other.table,
      on: join.on,
      operation: draw.pick(operations),
    };
  }
  return {
    op: 'exists',
    table: other.table,
    on: join.on,
    rule: drawRule(draw, material, other, depth - 1),
    rows: material.may(other.table, 'read') && draw.percent(50) ? 'visible' : 'raw',
  };
}

/** A rule without nested rules. */
function drawCondition(draw: Draw, material: RuleMaterial, table: WorldTable): Rule {
  const kind = draw.number(99);
  if (kind < 4) return draw.pick([{ op: 'anyone' }, { op: 'nobody' }]);
  if (kind < 12) return { op: 'authenticated' };
  if (kind < 22) return { op: 'role', role: draw.pick(material.pools.role) };
  if (kind < 62) {
    const rule = drawClaimCondition(draw, material, table);
    if (rule) return rule;
  }
  const column = draw.pick(Object.keys(table.columns));
  const definition = table.columns[column] ?? { type: 'text', nullable: true };
  const { type } = definition;
  if (kind < 70) return { op: 'null', column };
  if (kind < 90) {
    const literal = drawValue(draw, material.pools, definition);
    return { op: 'compare', column, with: drawOperator(draw, type), value: { literal, type } };
  }
  const literals = Array.from({ length: draw.pick([0, 1, 2, 2]) }, () =>
    drawValue(draw, material.pools, definition),
  );
  return { op: 'in', column, values: { literals, type } };
}

/** Draws the claim before the column, so that all claims are about equally frequent. */
function drawClaimCondition(
  draw: Draw,
  { claims }: RuleMaterial,
  table: WorldTable,
): Rule | undefined {
  const claim = draw.pick(Object.keys(claims).filter((name) => name !== 'roles'));
  const [type, list] = (claims[claim]?.type ?? 'text').split('[') as [Scalar, string | undefined];
  const columns = Object.keys(table.columns).filter(
    (column) => table.columns[column]?.type === type,
  );
  if (columns.length === 0) return undefined;
  const column = draw.pick(columns);
  const value = { claim, type };
  return list === undefined
    ? { op: 'compare', column, with: drawOperator(draw, type), value }
    : { op: 'in', column, values: value };
}

const drawOperator = (draw: Draw, type: Scalar): Comparison =>
  draw.pick(type === 'uuid' || type === 'boolean' || type === 'enum' ? ANY : ORDERED);

/** The joins, also in the opposite direction. */
export function bothWays(joins: readonly WorldJoin[]): readonly WorldJoin[] {
  const turned = joins.map(({ table, other, on }) => ({
    table: other,
    other: table,
    on: on.map((pair): Join[number] => ({ other: pair.own, own: pair.other })),
  }));
  return [...joins, ...turned];
}
