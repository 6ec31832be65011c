import type { SchemaFailure, Tried, Untried } from './coverage.ts';

/** Result of {@link testSchema}: subjects that were tested, could not be tested, or failed. */
export interface SchemaReport {
  readonly tried: readonly Tried[];
  readonly untried: readonly Untried[];
  readonly failures: readonly SchemaFailure[];
  /** The report as text. */
  readonly text: string;
}

/** Adds the text to a report. */
export function schemaReport(result: Omit<SchemaReport, 'text'>): SchemaReport {
  return { ...result, text: reportText(result) };
}

const KINDS = [
  'not null',
  'null',
  'check',
  'unique',
  'foreign key',
  'on delete',
  'on update',
  'touch trigger',
  'soft delete',
  'append only',
  'insert validator',
  'update validator',
  'select validator',
  'zero',
  'access',
  'catalog',
];

function reportText({ tried, untried, failures }: Omit<SchemaReport, 'text'>): string {
  const kindOf = (subject: string): string =>
    KINDS.find((kind) => subject === kind || subject.startsWith(`${kind} `)) ?? subject;
  const lines = KINDS.flatMap((kind) => {
    const own = tried.filter(({ subject }) => kindOf(subject) === kind);
    const times = own.reduce((sum, one) => sum + one.times, 0);
    return own.length === 0
      ? []
      : [`  ${kind.padEnd(18)}${String(own.length).padStart(5)}, tried ${times} times`];
  });
  const section = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : ['', `${title}:`, ...items.map((item) => `  ${item}`)];
  return [
    'Tried against the database:',
    ...lines,
    ...section(
      'Not tried',
      untried.map(({ subject, reason }) => `${subject}: ${reason}`),
    ),
    ...section(
      'Wrong',
      failures.map(({ subject, message, fix }) =>
        [`${subject}: ${message}`, ...(fix === undefined ? [] : [`    fix ${fix}`])].join('\n'),
      ),
    ),
  ].join('\n');
}
