import { quoteName, quoteTable } from '../model/quote-sql.ts';
import { ruleToSql, type SqlContext } from '../rules/rule-to-sql.ts';
import type { TableRules } from '../model/rule.ts';
import { checkClaim } from './claim-reader.ts';
import { rowsBefore } from './rows-before.ts';
import type { Asked } from './asked.ts';
import { sameBehindPolicies } from './same-behind-policies.ts';
import { typedParameter } from './sql-value.ts';

/** A statement with what its parameters stand for. */
export interface RowQuestion {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
  /** Whether row-level security could make the answer another one. */
  readonly needsAllRows: boolean;
}

type Parameter =
  | { readonly of: 'key'; readonly column: string }
  /** What the row that is written has in a column. */
  | { readonly of: 'value'; readonly column: string }
  | { readonly of: 'claim'; readonly claim: string; readonly list: boolean }
  /** The row as it was before the write. */
  | { readonly of: 'before' };

const ROW = quoteName('r0');

export function rowQuestion(asked: Asked): RowQuestion {
  const { access, table, key, state } = asked;
  const parameters = parameterList();
  const context: SqlContext = {
    rules: access,
    column: (name) => `${ROW}.${quoteName(name)}`,
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
      // Of a key that no rule can ask about, Postgres knows the type.
      return type ? typedParameter(at, type) : at;
    });
    return `(${columns.join(', ')}) ${operator} (${values.join(', ')})`;
  };
  const before = (): string => `${parameters.place({ of: 'before' })}::text`;
  const world =
    state === 'now' || state === 'unwritten'
      ? context
      : { ...context, existence: rowsBefore(table.table, state, compareKey, before) };
  const answers = [
    ...Object.entries(asked.rules).map(
      ([name, rule]) => `(${ruleToSql(rule, world)}) is true as ${quoteName(name)}`,
    ),
    ...asked.contents.map(
      (column, at) => `${contentText(column, table)} as ${quoteName(`c${at}`)}`,
    ),
    ...(asked.wholeRow ? [`(${ROW}.*)::text as "row"`] : []),
    // An answer without columns would be no row to some drivers.
    'true as "found"',
  ];
  const given = Object.entries(table.columns).map(([column, type]) => {
    const value = parameters.place({ of: 'value', column });
    // As a column that rules may order by has it.
    if (type === 'text' || type === 'enum')
      return `${value}::text collate "C" as ${quoteName(column)}`;
    return `${typedParameter(value, type)} as ${quoteName(column)}`;
  });
  const from =
    state === 'unwritten'
      ? `(select ${given.join(', ')}) as ${ROW}`
      : `${quoteTable(table.table)} as ${ROW} where ${compareKey(ROW, '=')}`;
  const numbered = parameters.number(
    `select ${answers.join(', ')} from ${from}${asked.lock ? ` for update of ${ROW}` : ''}`,
  );
  return { ...numbered, needsAllRows: asked.wholeRow || !sameBehindPolicies(asked) };
}

/**
 * Parameters as they are asked for, and their numbers when the statement is whole:
 * what a constant made superfluous is not in it, and must not be sent.
 */
function parameterList(): {
  place(parameter: Parameter): string;
  number(sql: string): Omit<RowQuestion, 'needsAllRows'>;
} {
  const asked: Parameter[] = [];
  return {
    // Postgres has no text with a NUL, so that none of a rule's can be taken for a mark.
    place: (parameter) => `\0${asked.push(parameter) - 1}\0`,
    number(sql) {
      const places = new Map<string, number>();
      const parameters: Parameter[] = [];
      const numbered = sql.replaceAll(/\0(\d+)\0/g, (_, index: string) => {
        const parameter = asked[Number(index)] as Parameter;
        const name = JSON.stringify(parameter);
        const place = places.get(name) ?? parameters.push(parameter);
        places.set(name, place);
        return `$${place}`;
      });
      return { sql: numbered, parameters };
    },
  };
}

/** A column as text that is equal where its content is. */
function contentText(column: string, table: TableRules): string {
  const own = `${ROW}.${quoteName(column)}`;
  return table.columns[column] === 'moment'
    ? `(extract(epoch from ${own}) * 1000)::text`
    : `${own}::text`;
}
