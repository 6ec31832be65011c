import type { CommandContext } from '../../command/command.ts';
import { escapeControls, escapedJson, escapeLines } from '../../command/escape-controls.ts';
import type { Paint } from '../../command/paint.ts';
import { DOCTOR_GROUPS } from '../../maintain/doctor/doctor-check.ts';
import type { DoctorFinding, NotChecked } from '../../maintain/doctor/examine.ts';
import type { DatabaseFacts } from '../../maintain/doctor/growth.ts';
import type { Diagnosis } from '../../project/operate/diagnose.ts';
import { countFindings } from '../generate/print-plan.ts';

/** The report of `garden doctor`, as text or as one JSON document. */
export function printDiagnosis(
  diagnosis: Diagnosis,
  { paint, flag }: Pick<CommandContext, 'paint' | 'flag'>,
): string {
  if (flag('json')) return `${escapedJson({ version: 1, ...diagnosis }, 2)}\n`;
  const { database, facts, findings, accepted, notChecked, checks } = diagnosis;
  const groups = DOCTOR_GROUPS.flatMap((group) => {
    const own = findings.filter((finding) => finding.group === group);
    return own.length === 0
      ? []
      : [[paint('bold', group), ...own.map((one) => findingText(one, paint))].join('\n\n')];
  });
  const skipped = notChecked.length === 0 ? [] : [notCheckedText(notChecked, paint)];
  const counted = countFindings(findings);
  const summary = `${[
    `${counted === '' ? 'No findings' : counted} by ${checks.length} checks`,
    ...(accepted.length === 0 ? [] : [`${accepted.length} accepted by garden.config.ts`]),
    ...(notChecked.length === 0 ? [] : ['not everything was checked']),
  ].join('; ')}.`;
  return `${[
    `${paint('bold', escapeControls(database))}\n${factsText(facts)}`,
    ...groups,
    ...skipped,
    counted === '' ? paint('green', summary) : summary,
  ].join('\n\n')}\n`;
}

function factsText(facts: DatabaseFacts): string {
  const { version, role, superuser, bytes, tables, connections, maxConnections, cacheHits } = facts;
  return [
    `Postgres ${version}, as ${role}${superuser ? ' (superuser)' : ''}`,
    `${(bytes / 1024 ** 2).toFixed(1)} MB in ${Object.keys(tables).length} tables`,
    `${connections} of ${maxConnections} connections`,
    ...(cacheHits === null ? [] : [`${(100 * cacheHits).toFixed(1)} % of reads from memory`]),
  ]
    .map(escapeControls)
    .join('; ');
}

function findingText(finding: DoctorFinding, paint: Paint): string {
  const { severity, code, message, evidence, fix } = finding;
  const indent = (text: string): string => escapeLines(text).replaceAll('\n', '\n       ');
  return [
    `  ${paint(severity === 'error' ? 'red' : 'yellow', severity)}  ${indent(message)}  ${paint('dim', code)}`,
    ...(evidence === '' ? [] : [`  ${paint('dim', 'seen')} ${indent(evidence)}`]),
    `  ${paint('green', 'fix')}  ${indent(fix)}`,
  ].join('\n');
}

/** One line for each reason. */
function notCheckedText(notChecked: readonly NotChecked[], paint: Paint): string {
  const groups = Map.groupBy(notChecked, ({ reason }) => reason);
  return [...groups]
    .map(([reason, members]) => {
      const names = members.map(({ check }) => check.replace(/^doctor\//, '')).join(', ');
      return `${paint('yellow', 'not checked')}  ${escapeControls(`${names}: ${reason}`)}.`;
    })
    .join('\n');
}
