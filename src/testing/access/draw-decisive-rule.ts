import type { AccessRules, Operation, Rule, TableRules } from '../../model/rule.ts';
import { combinationText, type Combination } from './coverage/combination.ts';
import type { Coverage } from './coverage/coverage.ts';
import { decidingRead, decidingWrite } from './coverage/decisive-conditions.ts';
import type { Draw } from './draw.ts';
import { drawCoveringRule } from './draw-covering-rule.ts';
import type { RuleMaterial } from './draw-rule.ts';
import { blankRules } from './blank-rules.ts';
import type { Population, WorldTable } from './world.ts';

interface RulePlace {
  /** The rules so far. For a write, they include the table's rule for read. */
  readonly rules: AccessRules;
  readonly population: Population;
  readonly table: WorldTable;
  readonly operation: Operation;
}

/** How many rules with a decisive condition to choose from. */
const CANDIDATES = 4;

/**
 * A rule with a rarely covered condition that decides about some row for some principal:
 * of a few such rules, the one that covers most. `undefined` if none was found.
 */
export function drawDecisiveRule(
  draw: Draw,
  material: RuleMaterial,
  place: RulePlace,
  coverage: Coverage,
): Rule | undefined {
  const { principals } = place.population;
  const timesOf = (item: string): number => coverage.timesOf(item);
  let best: { readonly rule: Rule; readonly gain: number } | undefined;
  for (let tries = 12, left = CANDIDATES; tries > 0 && left > 0; tries -= 1) {
    // Rows that `can` allows are rarer than what its items need.
    const isItem =
      draw.percent(25) && coverage.missingItems().some((item) => /^(?:not )?can /.test(item));
    const wanted = coverage.rarest(place.operation, draw.number, isItem ? 'can' : undefined);
    if (!wanted) return undefined;
    const rule = drawCoveringRule(draw, material, place.table, { wanted, principals, timesOf });
    if (!rule || !decides(rule, wanted, place)) continue;
    if (isItem) return rule;
    left -= 1;
    const gain = [...decidedBy(rule, place).values()].filter((one) => !coverage.has(one)).length;
    if (!best || gain > best.gain) best = { rule, gain };
  }
  return best?.rule;
}

/** Whether a condition of the combination decides about some row for some principal. */
function decides(rule: Rule, wanted: Combination, place: RulePlace): boolean {
  let isDecided = false;
  const names = Object.keys(wanted) as (keyof Combination)[];
  visitDecisive(rule, place, (one) => {
    isDecided ||= names.every((name) => one[name] === wanted[name]);
    return isDecided;
  });
  return isDecided;
}

/** The combinations in a rule that decide about some row for some principal, by their text. */
function decidedBy(rule: Rule, place: RulePlace): ReadonlyMap<string, Combination> {
  const decided = new Map<string, Combination>();
  visitDecisive(rule, place, (one) => {
    decided.set(combinationText(one), one);
    return false;
  });
  return decided;
}

/** Principals that a rule is drawn for. More of them take more time than they find. */
const PRINCIPALS = 4;

/** Visits the conditions that decide, up to the row for which `isEnough` returns true. */
function visitDecisive(
  rule: Rule,
  place: RulePlace,
  isEnough: (one: Combination) => boolean,
): void {
  const { table, operation, population, rules: others } = place;
  const own = others.tables[table.table] ?? blankRules(table);
  const rules = {
    claims: others.claims,
    tables: { ...others.tables, [table.table]: withRule(own, operation, rule) },
  };
  let isDone = false;
  const found = { condition: (one: Combination) => void (isDone = isEnough(one)) };
  for (const claims of population.principals.slice(0, PRINCIPALS)) {
    const asked = { rules, claims, db: population.rows };
    for (const row of population.rows[table.table] ?? []) {
      if (isDone) return;
      const name = table.table;
      if (operation === 'read') decidingRead(asked, name, row, found);
      else if (operation === 'insert') {
        decidingWrite(asked, { operation, table: name, after: row }, found);
      } else if (operation === 'delete') {
        decidingWrite(asked, { operation, table: name, before: row }, found);
      } else decidingWrite(asked, { operation, table: name, before: row, after: row }, found);
    }
  }
}

function withRule(own: TableRules, operation: Operation, rule: Rule): TableRules {
  return operation === 'update'
    ? { ...own, update: { from: rule, to: { op: 'anyone' } } }
    : { ...own, [operation]: rule };
}
