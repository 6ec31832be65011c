import type { Schema } from '../../model/schema.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';
import type { Samples } from './solve-worlds.ts';
import { subjectsOf } from './subjects.ts';

interface NamingOptions {
  readonly samples?: Samples;
  readonly open?: readonly string[];
  readonly parts?: readonly string[];
  readonly only?: readonly string[];
  readonly untried?: Readonly<Record<string, string>>;
}

/** Refuses options with a misspelled name: they would be ignored silently. */
export function refuseUnknownNames(
  schema: Schema,
  { samples = {}, open = [], parts = [], only = [], untried = {} }: NamingOptions,
  allParts: readonly string[],
): void {
  const { tables } = schema;
  const ids = tables.map(({ id }) => id);
  const names = tables.flatMap(({ exportName, id }) => [exportName, id]);
  const refuse = refuseIn('testSchema');
  for (const name of parts) refuse('parts', name, allParts);
  for (const name of open) refuse('open', name, names);
  for (const name of only) refuse('only', name, ids);
  const subjects = untryableOf(schema);
  for (const name of Object.keys(untried)) {
    // Their objects are known only during the run.
    if (!/^(catalog|zero)( |$)/.test(name)) refuse('untried', name, subjects);
  }
  refuseSamples('testSchema', tables, samples, ({ exportName, id }) => [exportName, id]);
}

type Tables = Schema['tables'];

/** Refuses samples of an unknown table or column. `namesOf` are the valid names of a table. */
export function refuseSamples(
  caller: string,
  tables: Tables,
  samples: Samples,
  namesOf: (table: Tables[number]) => readonly string[],
): void {
  const refuse = refuseIn(caller);
  for (const [name, rows] of Object.entries(samples)) {
    refuse('samples', name, tables.flatMap(namesOf));
    const table = tables.find((one) => namesOf(one).includes(name));
    const keys = table?.columns.map(({ key }) => key) ?? [];
    for (const key of [rows].flat().flatMap(Object.keys)) refuse(`samples.${name}`, key, keys);
  }
}

/** Names of subjects that a user can declare as untestable, in full or by the constraint. */
function untryableOf(schema: Schema): readonly string[] {
  const rows = subjectsOf(schema);
  const others = schema.tables.flatMap(({ id, columns }) => [
    ...['rows', 'validators', 'select validator', 'access'].map((kind) => `${kind} ${id}`),
    ...['insert validator', 'update validator'].flatMap((kind) => [
      `${kind} ${id}`,
      ...columns.map(({ name }) => `${kind} ${id}.${name}`),
    ]),
  ]);
  return [
    ...rows,
    ...rows.map((name) => name.slice(name.lastIndexOf('.') + 1)),
    ...others,
    'access',
  ];
}

/** Longer lists of names do not help. */
const LISTED = 30;

const refuseIn =
  (caller: string) =>
  (option: string, name: string, known: readonly string[]): void => {
    if (known.includes(name)) return;
    const nearest = nearestName(name, known);
    const names = [...new Set(known)];
    throw new ProblemError({
      code: 'testing/unknown-name',
      message: `the option ${option} of ${caller}() names ${name}, which does not exist.`,
      fix:
        nearest !== undefined
          ? `did you mean ${nearest}?`
          : names.length > LISTED || option === 'untried'
            ? 'copy the name from the report, or from the definition of the constraint.'
            : `use one of ${names.join(', ')}.`,
    });
  };
