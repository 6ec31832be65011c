import type { Schema } from '../model/schema.ts';
import type { Finding } from '../report/problem.ts';
import type { LintInput, LintRule } from './lint-rule.ts';

/** What {@link runRules} needs to know. */
export interface RunOptions {
  readonly rules: readonly LintRule[];
  /** Where the schema was read from; rules that cannot judge it are skipped. */
  readonly input: LintInput;
  /** Severities that replace those of the rules, by rule. */
  readonly severities?: Readonly<Record<string, Finding['severity'] | 'off'>>;
}

/**
 * Runs lint rules over a schema. The findings are sorted by object, then by rule.
 *
 * @example
 * const rules = rulesOf(['recommended']);
 * const judge = (schema: Schema) => runRules(schema, { rules, input: 'definitions' });
 */
export function runRules(schema: Schema, { rules, input, severities = {} }: RunOptions): Finding[] {
  return rules
    .filter(({ inputs }) => inputs.includes(input))
    .flatMap((rule): readonly Finding[] => {
      const severity = severities[rule.code] ?? rule.severity;
      if (severity === 'off') return [];
      return rule.check(schema).map((violation) => ({ severity, code: rule.code, ...violation }));
    })
    .toSorted((a, b) => compare(a.object ?? '', b.object ?? '') || compare(a.code, b.code));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
