import type { AccessRules, Rule } from '../../model/rule.ts';
import { partsOfRule } from './diff/rules-version.ts';
import { evaluate } from './oracle.ts';
import { showRule } from './show-rule.ts';
import type { World } from './world.ts';

/** The number of conditions that at least one row met and at least one did not. */
export interface ConditionCoverage {
  readonly conditions: number;
  readonly covered: number;
  /** The conditions that were always met, or never. */
  readonly missing: readonly string[];
}

interface Condition {
  readonly table: string;
  readonly rule: Rule;
  readonly seen: Set<boolean>;
}

/** Counts the conditions of rules that were both met and not met by random rows and principals. */
export class RuleCoverage {
  readonly #open = new Map<string, Condition>();
  readonly #all: readonly Condition[];

  constructor(rules: AccessRules) {
    for (const { table, read, insert, update, delete: remove } of Object.values(rules.tables)) {
      for (const rule of [read, insert, update.from, update.to, remove]) {
        for (const part of partsOfRule(rules, table, rule)) {
          if (WITHOUT_RESULT.has(part.rule.op)) continue;
          this.#open.set(JSON.stringify(part), { ...part, seen: new Set() });
        }
      }
    }
    this.#all = [...this.#open.values()];
  }

  /** Evaluates the conditions that still lack a result. */
  count({ rules, rows: db, principals }: World): void {
    for (const [text, { table, rule, seen }] of this.#open) {
      for (const claims of principals) {
        for (const row of db[table] ?? []) {
          seen.add(evaluate(rule, row, { rules, claims, db }) === true);
        }
      }
      if (seen.size === 2) this.#open.delete(text);
    }
  }

  get result(): ConditionCoverage {
    return {
      conditions: this.#all.length,
      covered: this.#all.length - this.#open.size,
      missing: [...this.#open.values()].map(({ table, rule }) => `${table}: ${showRule(rule)}`),
    };
  }
}

/** Constants have one result, and combinations have the results of their parts. */
const WITHOUT_RESULT: ReadonlySet<Rule['op']> = new Set(['anyone', 'nobody', 'and', 'or', 'not']);
