import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Schema } from '../model/schema.ts';
import type { ZeroChoices } from '../model/zero-choices.ts';
import { ProblemError, type Finding } from '../report/problem.ts';
import type { SchemaFile } from '../read/drizzle/exported-values.ts';
import { qualifiedName } from '../model/table-id.ts';
import type { NamedPlace } from '../report/place.ts';
import { firstLine, placeIn, problemOf } from './cannot-load.ts';

/** A table whose third argument throws, or gives two checks one name. */
export interface BrokenTable {
  readonly file: string;
  /** All that it is exported as. */
  readonly names: readonly string[];
  readonly error: unknown;
}

const CONSTRAINTS = Symbol.for('drizzle:ExtraConfigBuilder');

/**
 * A table's third argument runs when it is asked for. Of a table where that throws
 * it is taken away here, so that the rest can be judged; whoever goes on leaves the
 * table out.
 */
export function evaluateConstraints(files: readonly SchemaFile[]): readonly BrokenTable[] {
  return files.flatMap(({ file, exports }) => {
    const tables = Object.values(exports).filter((value) => is(value, PgTable));
    return [...new Set(tables)].flatMap((table): readonly BrokenTable[] => {
      try {
        refuseDuplicates(table);
        return [];
      } catch (error) {
        Object.assign(table, { [CONSTRAINTS]: undefined });
        const names = Object.keys(exports).filter((name) => exports[name] === table);
        return [{ file, names, error }];
      }
    });
  });
}

/** Two of the kit's helpers on one column give their checks one name. drizzle-kit names the table at most. */
function refuseDuplicates(table: PgTable): void {
  const { name: tableName, schema, checks } = getTableConfig(table);
  const names = checks.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new ProblemError({
    code: 'schema/duplicate-check',
    message: `two checks have the name "${twice}".`,
    object: qualifiedName({ schema, name: tableName }),
    fix: "give one of them a name of its own: notBlank(t.slug, { name: 'labels_slug_visible_check' }).",
  });
}

export interface LeftOutTable {
  readonly exportName: string;
  readonly finding: Finding;
}

/** Where nothing can be done without such a table: tells of it, and of what else was found. */
export function refuseBroken(tables: readonly LeftOutTable[], findings: readonly Finding[]): void {
  const [first, ...others] = tables.map(({ finding }) => finding);
  if (first !== undefined) throw new ProblemError(first, { others: [...others, ...findings] });
}

/** The choices, with which nothing is said of broken tables but what is wrong with them. */
export function withoutBroken(
  choices: ZeroChoices | undefined,
  broken: readonly LeftOutTable[],
): ZeroChoices {
  return {
    ...choices,
    tables: {
      ...choices?.tables,
      ...Object.fromEntries(broken.map(({ exportName }) => [exportName, false] as const)),
    },
  };
}

/** Tells of broken tables with the line that throws, else that of the table. */
export function leaveOutBroken(
  broken: readonly BrokenTable[],
  { tables }: Schema,
  inputs: readonly string[],
): readonly LeftOutTable[] {
  return broken.map(({ file, names, error }) => {
    const table = tables.find(({ exportName }) => names.includes(exportName));
    const exportName = table?.exportName ?? names[0] ?? '';
    const found = {
      severity: 'error',
      stage: 'load',
      ...(table && { object: qualifiedName(table) }),
    } as const;
    const place: NamedPlace = {
      ...(placeIn(inputs, error) ?? table?.at ?? { file }),
      name: exportName,
    };
    const problem = problemOf(error);
    if (problem !== undefined) {
      const places = [...(problem.places ?? []), place];
      return { exportName, finding: { ...found, ...problem, places } };
    }
    return {
      exportName,
      finding: {
        ...found,
        code: 'schema/constraints-throw',
        message: `the third argument of ${exportName} throws: ${firstLine(error)}`,
        places: [place],
        fix: 'mend it; what it names has to be a column of the table. Until then no migration is written.',
      },
    };
  });
}
