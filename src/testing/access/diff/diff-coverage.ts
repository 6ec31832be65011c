import type { AccessRules, Operation, Rule } from '../../../model/rule.ts';
import { evaluate } from '../oracle.ts';
import type { AskedOperation } from './asked-operations.ts';
import { rulesOfOperation, textOfRule, type RulesVersion } from './rules-version.ts';
import type { Scene } from './scene.ts';

/** The questions about one operation, and what they covered. */
export interface OperationQuestions {
  readonly table: string;
  readonly operation: Operation;
  readonly column?: string;
  readonly questions: number;
  /** Questions that both versions answered the same. */
  readonly allowedByBoth: number;
  readonly deniedByBoth: number;
  /** Conditions of the rules that were met by some question and not met by another. */
  readonly covered: number;
  readonly conditions: number;
}

/** A condition of one version, and the answers it has had. */
interface Condition {
  readonly rule: Rule;
  readonly rules: AccessRules;
  readonly seen: Set<boolean>;
}

/** Counts the questions about one operation. */
export class OperationCoverage {
  #questions = 0;
  #allowed = 0;
  #denied = 0;
  readonly #conditions: readonly Condition[];

  constructor({ table, operation }: AskedOperation, versions: readonly RulesVersion[]) {
    const found = new Map<string, Condition>();
    for (const { rules } of versions) {
      for (const rule of rulesOfOperation(rules, table, operation).flatMap(conditionsOf)) {
        found.set(textOfRule(rule, rules), { rule, rules, seen: new Set() });
      }
    }
    this.#conditions = [...found.values()];
  }

  /** Counts a question and the answers of both versions. */
  count({ claims, rows: db, subject }: Scene, answers: readonly boolean[]): void {
    this.#questions += 1;
    if (answers.every(Boolean)) this.#allowed += 1;
    if (!answers.some(Boolean)) this.#denied += 1;
    for (const { rule, rules, seen } of this.#conditions) {
      if (seen.size < 2) seen.add(evaluate(rule, subject, { rules, claims, db }) === true);
    }
  }

  of({ table, operation, column }: AskedOperation): OperationQuestions {
    return {
      table,
      operation,
      ...(column !== undefined && { column }),
      questions: this.#questions,
      allowedByBoth: this.#allowed,
      deniedByBoth: this.#denied,
      covered: this.#conditions.filter(({ seen }) => seen.size === 2).length,
      conditions: this.#conditions.length,
    };
  }
}

/** The conditions of a rule on its own row, and its lookups as a whole. */
function conditionsOf(rule: Rule): readonly Rule[] {
  switch (rule.op) {
    case 'anyone':
    case 'nobody':
      return [];
    case 'not':
      return conditionsOf(rule.rule);
    case 'and':
    case 'or':
      return rule.rules.flatMap(conditionsOf);
    default:
      return [rule];
  }
}
