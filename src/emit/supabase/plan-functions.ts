import type { Enum } from '../../model/enum.ts';
import type { SqlFunction } from '../../model/sql-function.ts';
import { qualifiedName, schemaOf, tableId } from '../../model/table-id.ts';
import type { Finding } from '../../report/problem.ts';
import { byName, compareNames } from './compare-names.ts';
import type { Field, FunctionPlan, RelationPlan } from './database-plan.ts';
import { typeText } from './type-text.ts';

export interface FunctionContext {
  readonly enums: ReadonlyMap<string, Enum>;
  /** Tables and views by their ids. */
  readonly relations: ReadonlyMap<string, Pick<RelationPlan, 'name' | 'row'>>;
  readonly findings: Finding[];
}

/** The functions that PostgREST can call, sorted. */
export function planFunctions(
  functions: readonly SqlFunction[],
  context: FunctionContext,
): readonly (FunctionPlan & { readonly schema: string })[] {
  return functions
    .toSorted((a, b) => compareNames(signature(a), signature(b)))
    .flatMap((one) => {
      const planned = isCallable(one) ? planFunction(one, context) : undefined;
      return planned ? [{ schema: schemaOf(one), ...planned }] : [];
    });
}

const signature = ({ name, args }: SqlFunction): string =>
  `${name}(${args.map((argument) => `${argument.name} ${argument.type}`).join(', ')}`;

/** PostgREST passes arguments by name, and a body to a single argument without a name. */
function isCallable({ args }: SqlFunction): boolean {
  const unnamed = args.filter(({ name }) => name === '');
  if (unnamed.length === 0) return true;
  const takesBody = (type: string): boolean => ['json', 'jsonb', 'text'].includes(type);
  return unnamed.every(
    ({ type, hasDefault }) => takesBody(type) && (hasDefault || args.length === 1),
  );
}

function planFunction(
  one: SqlFunction,
  { enums, relations, findings }: FunctionContext,
): FunctionPlan | undefined {
  const relationOf = (sql: string): Pick<RelationPlan, 'name' | 'row'> | undefined => {
    const [name = '', schema] = sql
      .split('.')
      .map((part) => part.replaceAll('"', ''))
      .toReversed();
    return relations.get(tableId(schema, name));
  };
  const leaveOut = (why: string): undefined => {
    findings.push(functionLeftOut(one, why));
  };
  if (one.args.some(({ type }) => relationOf(type.replace(/\[\]$/, '')))) {
    return leaveOut('it takes a row of a table');
  }
  const textOf = (sql: string): string => {
    if (sql === 'void') return 'undefined';
    if (sql === 'record') return 'Record<string, unknown>';
    return typeText({ kind: 'other', sql }, enums).text;
  };
  const args = byName(one.args).map(({ name, type, hasDefault }): Field => {
    return { name, type: textOf(type), optional: hasDefault };
  });
  const { name, returns, setof, rows = 1000 } = one;
  if (typeof returns !== 'string') {
    const columns = byName(returns).map((column): Field => {
      return { name: column.name, type: textOf(column.type), optional: false };
    });
    return { name, args, returns: columns, many: true };
  }
  const relation = relationOf(returns);
  if (relation === undefined) return { name, args, returns: textOf(returns), many: setof };
  const many = setof && rows > 1;
  const rowsOf = { relation: relation.name, isSetof: setof, isOneToOne: !many };
  return { name, args, returns: relation.row, many, rowsOf };
}

const functionLeftOut = (one: SqlFunction, why: string): Finding => ({
  severity: 'warning',
  code: 'supabase/function',
  object: `${qualifiedName(one)}()`,
  message: `the types leave the function out, because ${why}.`,
  fix: 'pass the key of the row instead, or call the function from SQL only.',
});
