import type { Schema } from '../model/schema.ts';
import type { Finding } from '../report/problem.ts';
import type { LintInput, LintRule, Violation } from './lint-rule.ts';
import { isOfSupabase } from './supabase-schemas.ts';
import { levelOf, optionsOf, type RuleSettings } from './rule-settings.ts';

/** Options of {@link runRules}. */
export interface RunOptions {
  readonly rules: readonly LintRule[];
  /** The source of the schema. Rules that cannot judge it are skipped. */
  readonly input: LintInput;
  /** Severities and options that replace those of the rules, by rule. */
  readonly settings?: RuleSettings;
}

/**
 * Runs lint rules over a schema. The findings are sorted by object, then by rule.
 *
 * @example
 * const rules = rulesOf(['recommended']);
 * const judge = (schema: Schema) => runRules(schema, { rules, input: 'definitions' });
 */
export function runRules(schema: Schema, { rules, input, settings = {} }: RunOptions): Finding[] {
  return rules
    .filter(({ inputs }) => inputs.includes(input))
    .flatMap((rule): readonly Finding[] => {
      const setting = settings[rule.code];
      const severity = levelOf(setting) ?? rule.severity;
      if (severity === 'off') return [];
      return rule
        .check(schema, optionsOf(rule, setting))
        .filter(({ object }) => !isOfSupabase(object, schema))
        .map((violation) => ({ severity, code: rule.code, ...findingOf(violation, input) }));
    })
    .toSorted((a, b) => compare(a.object ?? '', b.object ?? '') || compare(a.code, b.code));
}

/** The fix and the lines to paste are in the language of the schema: Drizzle or SQL. */
function findingOf({ paste, sqlFix, ...violation }: Violation, input: LintInput) {
  if (input === 'definitions') {
    return { ...violation, ...(paste?.drizzle !== undefined && { paste: paste.drizzle }) };
  }
  if (paste?.sql !== undefined) return { ...violation, fix: 'run this SQL.', paste: paste.sql };
  return { ...violation, fix: sqlFix ?? violation.fix };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
