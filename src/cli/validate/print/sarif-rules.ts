import type { LintRule } from '../../../check/lint-rule.ts';
import { FOUND } from '../../../report/problem-codes.ts';
import { CANNOT_START } from '../../../report/start-problem-codes.ts';
import type { Finding } from '../../../report/problem.ts';

/** A reportingDescriptor of SARIF. */
interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: Finding['severity'] };
  readonly properties: { readonly tags: readonly string[] };
}

/** Descriptions of the rules that ran, and of all other codes that were found. */
export function sarifRules(
  rules: readonly LintRule[],
  findings: readonly Finding[],
): readonly SarifRule[] {
  const ran = new Set(rules.map(({ code }) => code));
  const others = new Set(findings.map(({ code }) => code).filter((code) => !ran.has(code)));
  return [...rules.map(describeRule), ...[...others].toSorted().map(describeCode)];
}

function describeRule({ code, severity, title, why, presets, example }: LintRule): SarifRule {
  const shown = ([label, text]: readonly [string, string]): string =>
    text === '' ? '' : `\n\n${label}:\n\n\`\`\`\n${text}\n\`\`\``;
  const examples = [['Reported', example.bad] as const, ['Not reported', example.good] as const];
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${title} ${why}`, markdown: `${title} ${why}${examples.map(shown).join('')}` },
    defaultConfiguration: { level: severity },
    properties: { tags: presets },
  };
}

/** A problem that no lint rule reports: of the schema, of Zero, or of the settings. */
function describeCode(code: string): SarifRule {
  const text = FOUND[code] ?? CANNOT_START[code] ?? 'A problem of the schema.';
  return {
    id: code,
    shortDescription: { text },
    fullDescription: { text },
    help: { text, markdown: text },
    defaultConfiguration: { level: 'warning' },
    properties: { tags: ['schema'] },
  };
}
