import type { Rule } from '../../../model/rule.ts';
import { evaluate, innerRule, joins, type Asked, type Truth } from '../oracle.ts';
import { ownClaim } from '../own-claims.ts';
import type { Value } from '../world.ts';
import type { DraftRow, RowDrawer, Scene } from './scene.ts';
import type { AccessRules } from '../../../model/rule.ts';
import type { SceneTable } from './scene-tables.ts';

/** The result that a rule should have: a value, or anything but a value. */
export type Want = 'true' | 'false' | 'untrue' | 'unfalse';

/** The context in which a rule is evaluated. */
export interface Stage {
  readonly scene: Scene;
  readonly drawer: RowDrawer;
  readonly rules: AccessRules;
}

/** A row of a table, and which of its columns may change. */
interface Spot {
  readonly table: SceneTable;
  readonly row: DraftRow;
  isFree(column: string): boolean;
}

const OPPOSITE = { true: 'false', false: 'true', untrue: 'unfalse', unfalse: 'untrue' } as const;

const fits = (truth: Truth, want: Want): boolean =>
  want.startsWith('un') ? String(truth) !== want.slice(2) : String(truth) === want;

const askedOf = ({ scene, rules }: Stage): Asked => ({
  rules,
  claims: scene.claims,
  db: scene.rows,
});

/**
 * Changes a row, and the rows that it is joined with, so that a rule more likely has the
 * wanted result. A later change may undo an earlier one; only the oracle decides what the
 * rows show.
 */
export function meetRule(rule: Rule, want: Want, spot: Spot, stage: Stage): void {
  const { row, table } = spot;
  const { drawer } = stage;
  if (fits(evaluate(rule, row, askedOf(stage)), want) && drawer.chance(80)) return;
  switch (rule.op) {
    case 'not':
      return meetRule(rule.rule, OPPOSITE[want], spot, stage);
    case 'and':
    case 'or': {
      const all = (rule.op === 'and') === (want === 'true' || want === 'unfalse');
      if (rule.rules.length === 0) return;
      const parts = all ? rule.rules : [drawer.random.pick(rule.rules)];
      for (const part of parts) meetRule(part, want, spot, stage);
      return;
    }
    case 'null':
    case 'compare':
    case 'in': {
      if (!spot.isFree(rule.column)) return;
      const options = [
        ...drawer.options(table, rule.column, stage.scene),
        ...claimValues(rule, stage),
      ].filter((value) =>
        fits(evaluate(rule, { ...row, [rule.column]: value }, askedOf(stage)), want),
      );
      if (options.length > 0) row[rule.column] = drawer.random.pick(options);
      return;
    }
    case 'exists':
    case 'can':
      return want === 'true' || want === 'unfalse'
        ? meetExists(rule, spot, stage)
        : failExists(rule, spot, stage);
    default:
  }
}

function claimValues(rule: Rule, { rules, scene }: Stage): readonly Value[] {
  const value = rule.op === 'compare' ? rule.value : rule.op === 'in' ? rule.values : undefined;
  if (!value || !('claim' in value)) return [];
  const declaration = rules.claims[value.claim];
  const found = declaration && ownClaim(declaration, scene.claims);
  return found === undefined ? [] : ([found].flat() as readonly Value[]);
}

type Lookup = Extract<Rule, { op: 'exists' | 'can' }>;

function meetExists(rule: Lookup, { row, isFree }: Spot, stage: Stage): void {
  const { scene, drawer, rules } = stage;
  const table = drawer.tables[rule.table];
  if (!table) return;
  const others = scene.rows[rule.table] ?? [];
  const joined = others.filter((other) => joins(rule.on, row, other));
  const known = joined.length > 0 && drawer.chance(60) ? joined : others;
  const other =
    known.length > 0 && drawer.chance(50) ? drawer.random.pick(known) : drawer.addRow(table, scene);
  for (const pair of rule.on) {
    const value = other[pair.other] ?? null;
    if (isFree(pair.own) && value !== null && (row[pair.own] === null || drawer.chance(40))) {
      row[pair.own] = value;
    } else other[pair.other] = row[pair.own] ?? null;
  }
  const joinedBy = new Set(rule.on.map((pair) => pair.other));
  const spot = { table, row: other, isFree: (column: string) => !joinedBy.has(column) };
  meetRule(innerRule(rule, rules), 'true', spot, stage);
}

function failExists(rule: Lookup, { row, table: own, isFree }: Spot, stage: Stage): void {
  const { scene, drawer, rules } = stage;
  const table = drawer.tables[rule.table];
  if (!table) return;
  const inner = innerRule(rule, rules);
  const joinedRows = (): readonly DraftRow[] =>
    (scene.rows[rule.table] ?? []).filter((other) => joins(rule.on, row, other));
  // A joined row that does not meet the rule shows more than no row at all.
  if (joinedRows().length === 0 && drawer.chance(50)) {
    const other = drawer.addRow(table, scene);
    for (const pair of rule.on) other[pair.other] = row[pair.own] ?? null;
  }
  if (drawer.chance(20)) {
    const [pair] = rule.on;
    if (!pair || !isFree(pair.own)) return;
    const options = drawer.options(own, pair.own, scene);
    if (options.length > 0) row[pair.own] = drawer.random.pick(options);
    return;
  }
  for (const other of joinedRows()) {
    if (other !== scene.subject && drawer.chance(40)) {
      scene.rows[rule.table] = (scene.rows[rule.table] ?? []).filter((one) => one !== other);
    } else meetRule(inner, 'untrue', { table, row: other, isFree: () => true }, stage);
  }
}
