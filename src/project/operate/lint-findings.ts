import { builtInRules } from '../../check/built-in-rules.ts';
import { hideParts, rulesThatNeed } from '../../check/hidden-parts.ts';
import { levelOf } from '../../check/rule-settings.ts';
import { runRules } from '../../check/run-rules.ts';
import type { ValidateConfig } from '../../check/validate-config.ts';
import type { DoctorFinding, Examination } from '../../maintain/doctor/examine.ts';
import type { VisibleCatalog } from '../../read/catalog/read-visible-catalog.ts';
import type { Finding } from '../../report/problem.ts';
import { DOCTOR_RULES, SUPABASE_RULES } from './doctor-rules.ts';

/** The findings of the lint rules about a live database, except those that the settings accept. */
export function lintFindings(
  { schema, hidden }: VisibleCatalog,
  { rules: settings = {}, ignore = [] }: ValidateConfig,
  sizes: Readonly<Record<string, number>>,
): Examination {
  const isSupabase = schema.roles.some(({ name }) => name === 'anon');
  const groups = { ...DOCTOR_RULES, ...(isSupabase && SUPABASE_RULES) };
  const chosen = builtInRules.filter(
    ({ code }) => groups[code] !== undefined && levelOf(settings[code]) !== 'off',
  );
  const visible = hideParts(schema, hidden);
  const blind = rulesThatNeed(visible, chosen, hidden);
  const rules = chosen.filter(({ code }) => !blind.some(({ rule }) => rule === code));
  const isAccepted = ({ code, object }: Finding): boolean =>
    ignore.some(
      (one) => one.rule === code && [one.object, `public.${one.object}`].includes(object ?? ''),
    );
  return {
    checks: rules.map(({ code }) => code),
    notChecked: blind.map(({ rule = '', reason }) => ({ check: rule, reason })),
    findings: runRules(visible, { rules, input: 'database', settings })
      .filter((finding) => !isAccepted(finding))
      .map((finding) => doctorFinding(finding, groups[finding.code] ?? 'security', sizes)),
  };
}

function doctorFinding(
  finding: Finding,
  group: DoctorFinding['group'],
  sizes: Readonly<Record<string, number>>,
): DoctorFinding {
  const { severity, code, message, fix, paste, object = '' } = finding;
  const [table = '', bytes] =
    Object.entries(sizes).find(([name]) => object === name || object.startsWith(`${name}.`)) ?? [];
  const size =
    bytes === undefined ? '' : `; size of ${table}: ${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return {
    severity,
    code,
    group,
    ...(finding.object !== undefined && { object }),
    message,
    evidence: `pg_catalog: ${object}${size}`,
    fix: paste === undefined ? fix : `run ${paste}`,
  };
}
