import type { NamedPlace, Place } from '../report/place.ts';
import { nearestName } from '../report/nearest-name.ts';
import type { Finding } from '../report/problem.ts';
import type { IgnoredFinding } from './validation.ts';

/** An accepted finding: of one rule, about one object or at one line. */
export interface Ignore {
  readonly rule: string;
  readonly reason: string;
  readonly target: { readonly object: string } | { readonly line: Place };
  /** The place of the ignore. */
  readonly at: NamedPlace;
}

/** The rules and objects that ignores may name. */
export interface Known {
  /** The codes of all rules, including those that are off. */
  readonly rules: readonly string[];
  /** All objects that a finding could be about. */
  readonly objects: ReadonlySet<string>;
}

export interface Applied {
  readonly kept: readonly Finding[];
  readonly ignored: readonly IgnoredFinding[];
  /** Problems of invalid and unused ignores. */
  readonly problems: readonly Finding[];
}

/** Removes the ignored findings, and reports invalid and unused ignores. */
export function applyIgnores(
  findings: readonly Finding[],
  ignores: readonly Ignore[],
  known: Known,
): Applied {
  const problems: Finding[] = [];
  const ignored = new Map<Finding, string>();
  for (const ignore of ignores) {
    const problem = misuse(ignore, known);
    if (problem !== undefined) {
      problems.push({ severity: 'error', places: [ignore.at], ...problem });
      continue;
    }
    const matched = findings.filter((finding) => matches(ignore, finding));
    for (const finding of matched) ignored.set(finding, ignore.reason);
    if (matched.length === 0) problems.push(unused(ignore));
  }
  return {
    kept: findings.filter((finding) => !ignored.has(finding)),
    ignored: [...ignored].map(([finding, reason]) => ({ ...finding, reason })),
    problems,
  };
}

/** The names of an object. The schema may be omitted if it is `public`. */
const withSchema = (object: string): readonly string[] => [object, `public.${object}`];

function matches({ rule, target }: Ignore, { code, object, places = [] }: Finding): boolean {
  if (code !== rule) return false;
  if ('object' in target) return object !== undefined && withSchema(target.object).includes(object);
  const { file, line } = target.line;
  return places.some((place) => place.file === file && place.line === line);
}

function misuse(
  { rule, reason, target }: Ignore,
  known: Known,
): Pick<Finding, 'code' | 'message' | 'fix'> | undefined {
  if (!known.rules.includes(rule)) {
    const nearest = nearestName(rule, known.rules);
    return {
      code: 'check/unknown-rule',
      message: `there is no rule ${JSON.stringify(rule)} to ignore.`,
      fix:
        nearest === undefined
          ? 'write the code of the finding; `garden validate --rules` lists all.'
          : `did you mean ${nearest}?`,
    };
  }
  if (reason.trim() === '') {
    return {
      code: 'check/no-reason',
      message: `${rule} is ignored without a reason.`,
      fix: `write why: garden-ignore ${rule}: the reason.`,
    };
  }
  if (!('object' in target)) return undefined;
  const { object } = target;
  if (withSchema(object).some((name) => known.objects.has(name))) return undefined;
  const names = [...known.objects].map((name) => name.replace(/^public\./, ''));
  const nearest = nearestName(object, names);
  return {
    code: 'check/unknown-object',
    message: `the schema has no ${JSON.stringify(object)} to ignore ${rule} for.`,
    fix:
      nearest === undefined
        ? 'write the object of the finding: schema.table.column, or schema.table.index.'
        : `did you mean ${nearest}?`,
  };
}

const unused = ({ rule, at }: Ignore): Finding => ({
  severity: 'warning',
  code: 'check/unused-ignore',
  message: `${rule} finds nothing here.`,
  places: [at],
  fix: 'remove the comment or the entry of ignore.',
});
