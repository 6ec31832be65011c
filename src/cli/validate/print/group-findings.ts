import type { Finding } from '../../../report/problem.ts';
import { isError } from './print-context.ts';

/** The findings about one table, or those in one file that are about no table. */
export interface FindingGroup {
  readonly title: string;
  readonly findings: readonly Finding[];
}

/**
 * Findings by table. Groups with errors are last, and so are the errors in each group, because the
 * end of the output stays visible.
 */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = Map.groupBy(findings, titleOf);
  return [...groups]
    .map(([title, members]) => ({ title, findings: members.toSorted(errorsLast) }))
    .toSorted((a, b) => Number(a.findings.some(isError)) - Number(b.findings.some(isError)));
}

const errorsLast = (a: Finding, b: Finding): number => Number(isError(a)) - Number(isError(b));

function titleOf({ code, object, places: [place] = [] }: Finding): string {
  if (object === undefined) return place?.file.split(/[/\\]/).at(-1) ?? 'schema';
  const parts = object.match(/"(?:[^"]|"")*"|[^."]+/g) ?? [object];
  // A relation has its name in the code, without a schema.
  if (/^schema\/(?:relation|unknown-relation)/.test(code)) return parts[0] ?? object;
  const [schema = '', table] = parts;
  return table === undefined || schema === 'public' ? (table ?? schema) : `${schema}.${table}`;
}
