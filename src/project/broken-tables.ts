import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import type { Schema } from '../model/schema.ts';
import type { ZeroChoices } from '../model/zero-choices.ts';
import { ProblemError, type Finding } from '../report/problem.ts';
import type { SchemaFile } from '../read/drizzle/exported-values.ts';
import { qualifiedName } from '../model/table-id.ts';
import { nearestName } from '../report/nearest-name.ts';
import type { NamedPlace } from '../report/place.ts';
import { quote } from '../report/show-setting.ts';
import { adviceFor } from './advice.ts';
import { firstLine, placeIn, problemOf } from './cannot-load.ts';
import { refuseIgnored } from './refuse-ignored.ts';

/** A table whose third argument throws, or defines two checks with the same name. */
export interface BrokenTable {
  readonly file: string;
  /** All export names of the table. */
  readonly names: readonly string[];
  readonly error: unknown;
}

const CONSTRAINTS: unique symbol = Symbol.for('drizzle:ExtraConfigBuilder') as never;
const COLUMNS: unique symbol = Symbol.for('drizzle:ExtraConfigColumns') as never;

/**
 * A table's third argument runs when the table's config is read. If it throws, it is
 * removed here, so that the rest can be checked; callers leave the table out.
 */
export function evaluateConstraints(files: readonly SchemaFile[]): readonly BrokenTable[] {
  const namesOf = (table: PgTable): readonly string[] =>
    files.flatMap(({ exports }) => Object.keys(exports).filter((name) => exports[name] === table));
  return files.flatMap(({ file, exports }) => {
    const tables = Object.values(exports).filter((value) => is(value, PgTable));
    return [...new Set(tables)].flatMap((table): readonly BrokenTable[] => {
      try {
        const { [CONSTRAINTS]: build, [COLUMNS]: columns } = table as PgTable & Evaluated;
        if (build && columns) refuseIgnored(table, build(columns));
        refuseDuplicates(table);
        return [];
      } catch (thrown) {
        const error = unknownColumn(table, thrown) ?? thrown;
        Object.assign(table, { [CONSTRAINTS]: undefined });
        return [{ file, names: namesOf(table), error }];
      }
    });
  });
}

/** The problem of a third argument that throws because it uses an unknown column. */
function unknownColumn(table: PgTable, cause: unknown): ProblemError | undefined {
  const { [CONSTRAINTS]: build, [COLUMNS]: columns } = table as PgTable & Evaluated;
  if (build === undefined || columns === undefined) return undefined;
  const unknownKeys: string[] = [];
  const watched = new Proxy(columns, {
    get(target, key) {
      if (typeof key === 'string' && !(key in target)) unknownKeys.push(key);
      return Reflect.get(target, key) as unknown;
    },
  });
  try {
    build(watched);
  } catch {
    // Only the column name is needed; the error is already known.
  }
  // The last unknown name caused the error.
  const key = unknownKeys.at(-1);
  if (key === undefined) return undefined;
  const names = Object.keys(columns);
  const nearest = nearestName(key, names);
  return new ProblemError(
    {
      code: 'schema/constraints-throw',
      message: `the third argument of the table ${getTableName(table)} uses ${key}, which is not one of its columns.`,
      fix: nearest === undefined ? `name one of ${names.join(', ')}.` : `did you mean ${nearest}?`,
    },
    { cause },
  );
}

interface Evaluated {
  readonly [CONSTRAINTS]?: (columns: object) => unknown;
  readonly [COLUMNS]?: Readonly<Record<string, unknown>>;
}

/**
 * Two helpers of the kit on one column give their checks the same name. drizzle-kit's error
 * only names the table, if anything.
 */
function refuseDuplicates(table: PgTable): void {
  const { name: tableName, schema, checks } = getTableConfig(table);
  const names = checks.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice === undefined) return;
  throw new ProblemError({
    code: 'schema/duplicate-check',
    message: `two checks of the table ${tableName} have the name "${twice}".`,
    object: qualifiedName({ schema, name: tableName }),
    fix: `give one of them its own name, for example ${quote(`${twice.replace(/_check$/, '')}_2_check`)}; helpers of the kit accept { name } as their last argument.`,
  });
}

export interface LeftOutTable {
  readonly exportName: string;
  readonly finding: Finding;
}

/** Throws all findings if a table is broken or the schema is unfit for migrations. */
export function refuseUnfit(
  tables: readonly LeftOutTable[],
  findings: readonly Finding[],
  isUnfit: boolean,
): void {
  if (tables.length === 0 && !isUnfit) return;
  const [first, ...others] = [...tables.map(({ finding }) => finding), ...findings];
  if (first !== undefined) throw new ProblemError(first, { others });
}

/**
 * Throws the refusal of an access rule. If tables are broken, their errors come first, and
 * a refusal that only says that such a table has no rules is left out.
 */
export function refuseRules(
  refused: ProblemError | undefined,
  broken: readonly LeftOutTable[],
): void {
  if (refused === undefined) return;
  const [first, ...others] = broken.map(({ finding }) => finding);
  if (first === undefined) throw refused;
  const isConsequence = refused.problem.code === 'access/no-rules';
  const refusals = isConsequence ? [] : [refused.problem, ...refused.others];
  throw new ProblemError(first, { others: [...others, ...refusals] });
}

/** Excludes broken tables in the settings, so that only their own errors are reported. */
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

/** The schema without the broken tables, whose checks are unknown. */
export function withoutTables(schema: Schema, broken: readonly LeftOutTable[]): Schema {
  const names = new Set(broken.map(({ exportName }) => exportName));
  return { ...schema, tables: schema.tables.filter(({ exportName }) => !names.has(exportName)) };
}

/** Reports broken tables with the line that throws, or else that of the table. */
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
    const cause = error instanceof ProblemError ? error.cause : undefined;
    const thrown = placeIn(inputs, error) ?? placeIn(inputs, cause);
    const place: NamedPlace = { ...(thrown ?? table?.at ?? { file }), name: exportName };
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
        fix:
          adviceFor(error) ??
          'correct it; it may only use columns of the table. Until then no migration is written.',
      },
    };
  });
}
