import { quoteName, quoteTable } from '../model/quote-sql.ts';
import { ruleToSql, type SqlContext } from '../rules/rule-to-sql.ts';
import type { TableRules } from '../model/rule.ts';
import { checkClaim } from './claim-reader.ts';
import { rowsBefore } from './rows-before.ts';
import type { RowCheckInput } from './row-check-input.ts';
import { sameBehindPolicies } from './same-behind-policies.ts';
import { typedParameter } from './sql-value.ts';

/** A statement, and the meaning of its parameters. */
export interface RowCheck {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** Whether row-level security could change the result. */
  readonly needsAllRows: boolean;
}

type Parameter =
  | { readonly of: 'key'; readonly column: string }
  /** The new value of a column. */
  | { readonly of: 'value'; readonly column: string }
  /** A text if a column gets a value, and otherwise NULL. */
  | { readonly of: 'presence'; readonly column: string }
  | { readonly of: 'claim'; readonly claim: string; readonly list: boolean }
  /** The row as it was before the write. */
  | { readonly of: 'before' };

const ROW = quoteName('r0');

export function rowCheck(input: RowCheckInput): RowCheck {
  const { access, table, key, state } = input;
  const parameters = parameterList();
  /** Columns of types that rules can only test for NULL. */
  const onlyNull = new Set<string>();
  const context: SqlContext = {
    rules: access,
    column(name) {
      if (!table.columns[name]) onlyNull.add(name);
      return `${ROW}.${quoteName(name)}`;
    },
    claim(value, list) {
      checkClaim(value, list, access);
      return typedParameter(
        parameters.place({ of: 'claim', claim: value.claim, list }),
        value.type,
        list,
      );
    },
  };
  const compareKey = (row: string, operator: '=' | '<>'): string => {
    const columns = key.map((column) => `${row}.${quoteName(column)}`);
    const values = key.map((column) => {
      const at = parameters.place({ of: 'key', column });
      const type = table.columns[column];
      // Postgres infers the type of a key column that rules do not support.
      return type ? typedParameter(at, type) : at;
    });
    return `(${columns.join(', ')}) ${operator} (${values.join(', ')})`;
  };
  const before = (): string => `${parameters.place({ of: 'before' })}::text`;
  const tableContext =
    state === 'now' || state === 'unwritten'
      ? context
      : { ...context, existence: rowsBefore(table.table, state, compareKey, before) };
  const results = [
    ...Object.entries(input.rules).map(
      ([name, rule]) => `(${ruleToSql(rule, tableContext)}) is true as ${quoteName(name)}`,
    ),
    ...input.contents.map(
      (column, at) => `${contentText(column, table)} as ${quoteName(`c${at}`)}`,
    ),
    ...(input.wholeRow ? [`(${ROW}.*)::text as "row"`] : []),
    // Some drivers do not return a row without columns.
    'true as "found"',
  ];
  const given = Object.entries(table.columns).map(([column, type]) => {
    const value = parameters.place({ of: 'value', column });
    // Rules may compare text by order, so the value has the collation of such columns.
    if (type === 'text' || type === 'enum')
      return `${value}::text collate "C" as ${quoteName(column)}`;
    return `${typedParameter(value, type)} as ${quoteName(column)}`;
  });
  const presences = [...onlyNull].map(
    (column) => `${parameters.place({ of: 'presence', column })}::text as ${quoteName(column)}`,
  );
  const from =
    state === 'unwritten'
      ? `(select ${[...given, ...presences].join(', ')}) as ${ROW}`
      : `${quoteTable(table.table)} as ${ROW} where ${compareKey(ROW, '=')}`;
  const numbered = parameters.number(
    `select ${results.join(', ')} from ${from}${input.lock ? ` for update of ${ROW}` : ''}`,
  );
  return { ...numbered, needsAllRows: input.wholeRow || !sameBehindPolicies(input) };
}

/**
 * Collects parameters, and numbers them once the statement is complete: parameters that
 * constant folding removed are not part of it, and must not be sent.
 */
function parameterList(): {
  place(parameter: Parameter): string;
  number(sql: string): Omit<RowCheck, 'needsAllRows'>;
} {
  const collected: Parameter[] = [];
  return {
    // Postgres text cannot contain NUL, so no text in a rule can be mistaken for a marker.
    place: (parameter) => `\0${collected.push(parameter) - 1}\0`,
    number(sql) {
      const places = new Map<string, number>();
      const parameters: Parameter[] = [];
      const numbered = sql.replaceAll(/\0(\d+)\0/g, (_, index: string) => {
        const parameter = collected[Number(index)] as Parameter;
        const name = JSON.stringify(parameter);
        const place = places.get(name) ?? parameters.push(parameter);
        places.set(name, place);
        return `$${place}`;
      });
      return { sql: numbered, parameters };
    },
  };
}

/** A column as text; the texts are equal exactly if the contents are. */
function contentText(column: string, table: TableRules): string {
  const own = `${ROW}.${quoteName(column)}`;
  return table.columns[column] === 'moment'
    ? `(extract(epoch from ${own}) * 1000)::text`
    : `${own}::text`;
}
