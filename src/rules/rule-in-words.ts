import type { Rule } from '../model/rule.ts';
import type { Owner } from './condition-in-words.ts';
import { outlineRule, type RuleOutline } from './outline-rule.ts';

/**
 * A rule of a table as an English sentence without its first capital and its full stop.
 * Parentheses show what belongs together.
 *
 * @example
 * ruleInWords({ op: 'role', role: 'admin' }, 'notes'); // 'the user has the role admin'
 */
export function ruleInWords(rule: Rule, table: string): string {
  return outlineInWords(outlineRule(rule, table));
}

/** The text of {@link ruleInWords}, with the given owner of the columns. */
export function outlineInWords(outline: RuleOutline, owner: Owner = "the row's"): string {
  return inWords(outline, owner, false);
}

/**
 *
 *  @param isPart whether the condition is next to others and must be separated from them.
 */
function inWords(outline: RuleOutline, owner: Owner, isPart: boolean): string {
  switch (outline.kind) {
    case 'constant':
      return owner === 'whose' ? 'for which no condition can hold' : outline.words;
    case 'condition': {
      const words = outline.words(owner);
      return owner === 'whose' && !words.startsWith('whose') ? `for which ${words}` : words;
    }
    case 'and':
    case 'or': {
      const parts = outline.parts.map((part) => inWords(part, owner, true));
      return enclosed(parts.join(` ${outline.kind} `), isPart);
    }
    case 'rows': {
      const rows = `${owner === 'whose' ? 'for which ' : ''}${outline.words}`;
      if (isAlways(outline.inner)) return rows;
      return enclosed(`${rows}, ${inWords(outline.inner, 'whose', false)}`, isPart);
    }
  }
}

const isAlways = ({ rule }: RuleOutline): boolean => rule.op === 'anyone';

const enclosed = (text: string, isPart: boolean): string => (isPart ? `(${text})` : text);
