import type { Rule } from '../../../model/rule.ts';
import type { AskedOperation } from './asked-operations.ts';
import { drawToken, type TokenKind, type TokenPlan } from './draw-token.ts';
import { allowsScene } from './judge-scene.ts';
import { meetRule } from './meet-rule.ts';
import type { Relation } from './principal-facts.ts';
import { rulesOfOperation, type RulesVersion } from './rules-version.ts';
import type { SceneTable } from './scene-tables.ts';
import type { RowDrawer, Scene } from './scene.ts';
import { completeScene } from './valid-scene.ts';

/** The goal of a scene: an operation that one version allows and the other denies. */
export interface Aim {
  readonly asked: AskedOperation;
  readonly allows: RulesVersion;
  readonly denies: RulesVersion;
}

/** The principal of a scene. */
export interface Target extends TokenKind {
  /** The relations that the principal has, or lacks; others are left to chance. */
  readonly has: readonly Relation[];
  readonly lacks: readonly Relation[];
}

/** The number of times that a scene is changed towards its aim. */
const ROUNDS = 3;

/** A scene that probably meets its aim; `undefined` if its rows are not valid. */
export function drawScene(
  aim: Aim,
  target: Target,
  plan: TokenPlan,
  drawer: RowDrawer,
): Scene | undefined {
  const { asked } = aim;
  const table = drawer.tables[asked.table];
  if (!table) return undefined;
  const scene: Scene = { claims: drawToken(target, plan, drawer), rows: {}, subject: {} };
  scene.subject = drawer.newRow(table, scene);
  if (asked.operation !== 'insert') scene.rows[table.id] = [scene.subject];
  for (const { rule, rules } of target.has) {
    meetRule(rule, 'true', spotOf(scene, table), { scene, drawer, rules });
  }
  for (const { rule, rules } of target.lacks) {
    meetRule(rule, 'untrue', spotOf(scene, table), { scene, drawer, rules });
  }
  if (asked.operation === 'update' && !drawChanges(scene, table, asked, drawer)) return undefined;
  for (let round = 0; round < ROUNDS; round += 1) {
    if (allowsScene(aim.denies, asked, scene)) failOne(aim, scene, table, drawer);
    if (!allowsScene(aim.allows, asked, scene)) meetAll(aim, scene, table, drawer);
    else if (!allowsScene(aim.denies, asked, scene)) break;
  }
  return completeScene(scene, table, drawer) ? scene : undefined;
}

const spotOf = (scene: Scene, table: SceneTable) => ({
  table,
  row: scene.subject,
  isFree: () => true,
});

/** The row after the update: at least one of the changeable columns has another value. */
function drawChanges(
  scene: Scene,
  table: SceneTable,
  { changeable }: AskedOperation,
  drawer: RowDrawer,
): boolean {
  const columns = changeable.filter((column) => table.columns[column]);
  if (columns.length === 0) return false;
  const column = drawer.random.pick(columns);
  const own = table.columns[column];
  const others = [
    ...drawer.options(table, column, scene),
    ...(own ? [own.fresh(2), own.fresh(3)] : []),
  ].filter((value) => value !== scene.subject[column]);
  if (others.length === 0) return false;
  scene.after = { ...scene.subject, [column]: drawer.random.pick(others) };
  return true;
}

/** The rules of an operation, each with the row that it is evaluated on. */
function rulesWithRows(
  { asked }: Aim,
  { rules }: RulesVersion,
  scene: Scene,
): readonly { readonly rule: Rule; readonly isAfter: boolean }[] {
  const list = rulesOfOperation(rules, asked.table, asked.operation);
  if (asked.operation !== 'update' || !scene.after || list.length < 3) {
    return list.map((rule) => ({ rule, isAfter: false }));
  }
  const [read, from, to] = list as [Rule, Rule, Rule];
  return [
    { rule: read, isAfter: false },
    { rule: from, isAfter: false },
    { rule: to, isAfter: true },
    { rule: read, isAfter: true },
  ];
}

function meetAll(aim: Aim, scene: Scene, table: SceneTable, drawer: RowDrawer): void {
  const { rules } = aim.allows;
  for (const { rule, isAfter } of rulesWithRows(aim, aim.allows, scene)) {
    change(aim, scene, isAfter, (spot) => {
      meetRule(rule, 'true', { table, ...spot }, { scene, drawer, rules });
    });
  }
}

function failOne(aim: Aim, scene: Scene, table: SceneTable, drawer: RowDrawer): void {
  const { rules } = aim.denies;
  const all = rulesWithRows(aim, aim.denies, scene);
  const { rule, isAfter } = drawer.random.pick(all);
  change(aim, scene, isAfter, (spot) => {
    meetRule(rule, 'untrue', { table, ...spot }, { scene, drawer, rules });
  });
}

/** Changes the existing row, and the same columns of the new one; or only the new one. */
function change(
  { asked }: Aim,
  scene: Scene,
  isAfter: boolean,
  use: (spot: { readonly row: Scene['subject']; isFree(column: string): boolean }) => void,
): void {
  const { subject, after } = scene;
  if (isAfter && after) {
    use({ row: after, isFree: (column) => asked.changeable.includes(column) });
    return;
  }
  const old = { ...subject };
  use({ row: subject, isFree: () => true });
  if (!after) return;
  for (const [column, value] of Object.entries(subject)) {
    if (after[column] === old[column]) after[column] = value;
  }
}
