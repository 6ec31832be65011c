import { builtInRules, rulesOf } from '../../check/built-in-rules.ts';
import type { LintRule } from '../../check/lint-rule.ts';
import { nearestName } from '../../report/nearest-name.ts';
import type { Finding } from '../../report/problem.ts';
import type { ValidateConfig } from './validate-config.ts';

/** The rules that a config asks for, and what is wrong with how it asks. */
export interface ChosenRules {
  readonly rules: readonly LintRule[];
  /** All rules that there are. */
  readonly known: readonly LintRule[];
  readonly findings: readonly Finding[];
}

export function chosenRules({
  presets = ['recommended'],
  rules: severities = {},
  ownRules = [],
}: ValidateConfig): ChosenRules {
  const known = [...builtInRules, ...ownRules];
  const codes = known.map(({ code }) => code);
  const chosen = new Set([...rulesOf(presets), ...ownRules]);
  for (const rule of known) if (severities[rule.code] !== undefined) chosen.add(rule);
  return {
    known,
    rules: [...chosen].filter(({ code }) => severities[code] !== 'off'),
    findings: Object.keys(severities)
      .filter((code) => !codes.includes(code))
      .map((code) => unknownRule(code, codes)),
  };
}

function unknownRule(code: string, codes: readonly string[]): Finding {
  const nearest = nearestName(code, codes);
  return {
    severity: 'error',
    code: 'check/unknown-rule',
    message: `there is no rule ${JSON.stringify(code)}.`,
    settings: [['validate', 'rules', code]],
    fix:
      nearest === undefined ? '`garden validate --rules` lists all.' : `did you mean ${nearest}?`,
  };
}
