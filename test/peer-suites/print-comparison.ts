import { differs, type Comparison } from './compare-with-peers.ts';
import { caseName, reasonOf } from './disagreements.ts';
import type { PeerCase, PeerVerdict } from './peer-case.ts';

/** The agreement with one tool. */
interface Agreement {
  readonly tool: PeerCase['tool'];
  readonly runnable: number;
  readonly agreed: number;
}

export const agreements = ({ verdicts }: Comparison): readonly Agreement[] =>
  (['splinter', 'squawk', 'pgls'] as const).map((tool) => {
    const runnable = verdicts.filter(({ of, ours }) => of.tool === tool && ours !== undefined);
    const agreed = runnable.filter((verdict) => !differs(verdict)).length;
    return { tool, runnable: runnable.length, agreed };
  });

/** The agreement with each tool, each disagreement with its reason, and what was not compared. */
export function printComparison(comparison: Comparison): string {
  const { verdicts, left } = comparison;
  const different = verdicts.filter(differs);
  const notRun = verdicts.filter(({ ours }) => ours === undefined);
  const all = agreements(comparison);
  const total = all.reduce((sum, { runnable }) => sum + runnable, 0);
  const agreed = all.reduce((sum, one) => sum + one.agreed, 0);
  return [
    ...all.map((one) => `${one.tool}: ${share(one.agreed, one.runnable)}`),
    `all: ${share(agreed, total)}`,
    `\n${different.length} disagreements:`,
    ...different.map(describe),
    `\n${notRun.length} cases that cannot be run:`,
    ...notRun.map(({ of, details }) => `- ${caseName(of)}: ${details.join('; ')}`),
    `\n${left.size} rules that are left to the tools:`,
    ...[...left].map(([rule, cases]) => `- ${rule} (${cases})`),
    '',
  ].join('\n');
}

const share = (part: number, all: number): string =>
  `${part} of ${all} cases, ${all === 0 ? '-' : ((100 * part) / all).toFixed(1)} %`;

function describe(verdict: PeerVerdict): string {
  const { of, details } = verdict;
  const reason = reasonOf(verdict) ?? `NO REASON\n${of.sql.trim()}\n  ${details.join('\n  ')}`;
  return `- ${caseName(of)}: ${of.reported ? 'only the tool reports it' : 'only we report it'}; ${reason}`;
}
