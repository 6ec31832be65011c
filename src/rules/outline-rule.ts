import type { Rule } from '../model/rule.ts';
import { conditionInWords, nameInWords, type Condition, type Owner } from './condition-in-words.ts';
import type { Existence } from './rule-to-sql.ts';
import { simplifyRule } from './simplify-rule.ts';

/** A rule as a tree of clauses. Negation is part of the clauses' text. */
export type RuleOutline =
  | { readonly kind: 'constant'; readonly rule: Rule; readonly words: 'anyone' | 'nobody' }
  /** `words` state the condition with the given owner of its column. */
  | { readonly kind: 'condition'; readonly rule: Rule; words(owner: Owner): string }
  | {
      readonly kind: 'and' | 'or';
      readonly rule: Rule;
      readonly parts: readonly RuleOutline[];
    }
  /** `words` name the rows of the other table; `inner` is the condition that one of them meets. */
  | {
      readonly kind: 'rows';
      readonly rule: Rule;
      readonly existence: Existence;
      readonly holds: boolean;
      readonly words: string;
      readonly inner: RuleOutline;
    };

/**
 * A rule of a table as a tree.
 *
 * @param depth the number of `exists` around the rule.
 */
export function outlineRule(rule: Rule, table: string, depth = 0): RuleOutline {
  return outline(simplifyRule(rule), table, depth);
}

function outline(rule: Rule, table: string, depth: number): RuleOutline {
  switch (rule.op) {
    case 'anyone':
    case 'nobody':
      return { kind: 'constant', rule, words: rule.op };
    case 'and':
    case 'or':
      return {
        kind: rule.op,
        rule,
        parts: rule.rules.map((part) => outline(part, table, depth)),
      };
    default: {
      const holds = rule.op !== 'not';
      // A simplified rule negates only conditions and lookups.
      const condition = (holds ? rule : rule.rule) as Condition | Existence;
      if (condition.op !== 'exists' && condition.op !== 'can') {
        const words = (owner: Owner): string => conditionInWords(condition, holds, owner);
        return { kind: 'condition', rule, words };
      }
      return {
        kind: 'rows',
        rule,
        existence: condition,
        holds,
        words: rowsInWords(condition, holds, table, depth),
        inner: outlineRule(
          condition.op === 'can' ? { op: 'anyone' } : condition.rule,
          condition.table,
          depth + 1,
        ),
      };
    }
  }
}

function rowsInWords(rule: Existence, holds: boolean, table: string, depth: number): string {
  const may =
    rule.op === 'can'
      ? ` that the user may ${rule.operation}`
      : rule.rows === 'visible'
        ? ' that the user may read'
        : '';
  const own = (column: string): string =>
    rule.table === table
      ? `the ${depth === 0 ? '' : 'outer '}row's ${nameInWords(column)}`
      : `${table}.${nameInWords(column)}`;
  const joined = rule.on.map((pair) => `${nameInWords(pair.other)} = ${own(pair.own)}`);
  const on = joined.length === 0 ? '' : ` with ${joined.join(' and ')}`;
  return `${holds ? 'a' : 'no'} row of ${rule.table}${may} exists${on}`;
}
