import type { Schema } from '../../model/schema.ts';
import { nearestName } from '../../report/nearest-name.ts';
import { ProblemError } from '../../report/problem.ts';
import type { Samples } from './solve-worlds.ts';

interface NamingOptions {
  readonly samples?: Samples;
  readonly open?: readonly string[];
  readonly parts?: readonly string[];
}

/** Refuses options with a misspelled name: they would be ignored silently. */
export function refuseUnknownNames(
  { tables }: Schema,
  { samples = {}, open = [], parts = [] }: NamingOptions,
  allParts: readonly string[],
): void {
  const names = tables.flatMap(({ exportName, id }) => [exportName, id]);
  for (const name of parts) refuse('parts', name, allParts);
  for (const name of open) refuse('open', name, names);
  for (const [name, rows] of Object.entries(samples)) {
    refuse('samples', name, names);
    const table = tables.find(({ exportName, id }) => exportName === name || id === name);
    const keys = table?.columns.map(({ key }) => key) ?? [];
    for (const key of [rows].flat().flatMap(Object.keys)) refuse(`samples.${name}`, key, keys);
  }
}

function refuse(option: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const nearest = nearestName(name, known);
  throw new ProblemError({
    code: 'testing/unknown-name',
    message: `the option ${option} of testSchema() names ${name}, which does not exist.`,
    fix:
      nearest === undefined
        ? `use one of ${[...new Set(known)].join(', ')}.`
        : `did you mean ${nearest}?`,
  });
}
