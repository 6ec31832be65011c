import type { Finding } from '../report/problem.ts';
import type { NotJudged, Validation } from './validation.ts';

/** Identifies a finding. The line is not part of it, because other changes move it. */
export interface Fingerprint {
  readonly rule: string;
  readonly object: string;
}

/** Findings about settings or files have no object, so a baseline cannot accept them. */
export const fingerprintOf = ({ code, object }: Finding): Fingerprint | undefined =>
  object === undefined ? undefined : { rule: code, object };

/** The text of a baseline file. It is sorted, with one entry per line, to merge well. */
export function printBaseline(entries: readonly Fingerprint[]): string {
  const lines = [...new Set(entries.map(keyOf))]
    .toSorted()
    .map((key) => JSON.parse(key) as [string, string])
    .map(([rule, object]) => `    ${JSON.stringify({ rule, object })}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "version": 1,\n  "findings": ${list}\n}\n`;
}

/** The entries of a baseline file, or the reason why it is invalid. */
export function parseBaseline(text: string): readonly Fingerprint[] | string {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return 'it is not JSON';
  }
  if (typeof document !== 'object' || document === null || !('version' in document))
    return 'it has no version';
  if (document.version !== 1)
    return `its version is ${JSON.stringify(document.version)}, and this garden reads version 1`;
  const findings: unknown = 'findings' in document ? document.findings : undefined;
  if (!Array.isArray(findings)) return 'it has no list of findings';
  const at = findings.findIndex((one) => !isFingerprint(one));
  return at === -1 ? findings : `entry ${at + 1} of its findings is not { rule, object }`;
}

const isFingerprint = (value: unknown): value is Fingerprint =>
  typeof value === 'object' &&
  value !== null &&
  'rule' in value &&
  'object' in value &&
  typeof value.rule === 'string' &&
  typeof value.object === 'string';

export interface Compared {
  readonly findings: readonly Finding[];
  readonly accepted: readonly Finding[];
  /** The entries that remain in the file. */
  readonly kept: readonly Fingerprint[];
  readonly gone: number;
}

/**
 * Removes the findings that a baseline accepts. An entry is gone if its rule judged its object and
 * found nothing. Entries of rules that did not run are kept.
 */
export function compareBaseline(
  { findings, notJudged, rules }: Validation,
  entries: readonly Fingerprint[],
  knownRules: ReadonlySet<string>,
): Compared {
  const known = new Set(entries.map(keyOf));
  const isAccepted = (finding: Finding): boolean => {
    const fingerprint = fingerprintOf(finding);
    return fingerprint !== undefined && known.has(keyOf(fingerprint));
  };
  const accepted = findings.filter(isAccepted);
  // Ignored findings need no entry.
  const present = new Set(accepted.flatMap((finding) => fingerprintOf(finding) ?? []).map(keyOf));
  const ran = new Set(rules.map(({ code }) => code));
  const wasJudged = ({ rule, object }: Fingerprint): boolean =>
    !(knownRules.has(rule) && !ran.has(rule)) &&
    !notJudged.some((skipped) => (skipped.rule ?? rule) === rule && covers(skipped, object));
  const kept = entries.filter((entry) => present.has(keyOf(entry)) || !wasJudged(entry));
  return {
    findings: findings.filter((finding) => !isAccepted(finding)),
    accepted,
    kept,
    gone: known.size - new Set(kept.map(keyOf)).size,
  };
}

/** Whether the object, or the table that contains it, was not judged. */
const covers = ({ object }: NotJudged, name: string): boolean =>
  object === undefined || name === object || name.startsWith(`${object}.`);

const keyOf = ({ rule, object }: Fingerprint): string => JSON.stringify([rule, object]);
