import { quoteName } from '../../model/quote-sql.ts';
import type { SqlFunction } from '../../model/sql-function.ts';
import { schemaOf } from '../../model/table-id.ts';

/** How clients call the functions: their arguments, their result, and an example. */
export const describeFunctions = (functions: readonly SqlFunction[]): readonly string[] =>
  functions.length === 0 ? [] : ['## Functions', ...functions.flatMap(describeFunction)];

function describeFunction(one: SqlFunction): readonly string[] {
  const { name, args, returns } = one;
  const rows = args.map(
    (argument) =>
      `| \`${argument.name}\` | ${argument.type} | ${argument.hasDefault ? 'no' : 'yes'} |`,
  );
  const result =
    typeof returns === 'string'
      ? `\`${one.setof ? 'setof ' : ''}${returns}\``
      : `rows of ${returns.map((column) => `\`${column.name}\` ${column.type}`).join(', ')}`;
  return [
    `### ${name}`,
    ...(args.length === 0
      ? []
      : [['| argument | type | required |', '| --- | --- | --- |', ...rows].join('\n')]),
    `Returns ${result}.`,
    ['```ts', clientCall(one), '```'].join('\n'),
    ['```sql', sqlCall(one), '```'].join('\n'),
  ];
}

/** The required arguments, or else the first one. */
const shown = ({ args }: SqlFunction): SqlFunction['args'] => {
  const required = args.filter(({ hasDefault }) => !hasDefault);
  return required.length > 0 ? required : args.slice(0, 1);
};

const clientCall = (one: SqlFunction): string => {
  const { name, schema } = one;
  const list = shown(one).map((argument) => `${argument.name}: ${sampleOf(argument.type)}`);
  return `const { data } = await supabase${schema === undefined ? '' : `.schema('${schema}')`}.rpc('${name}'${list.length === 0 ? '' : `, { ${list.join(', ')} }`});`;
};

const sqlCall = (one: SqlFunction): string => {
  const list = shown(one).map((argument, at) => `${quoteName(argument.name)} => $${at + 1}`);
  return `select * from ${quoteName(schemaOf(one), one.name)}(${list.join(', ')});`;
};

const sampleOf = (type: string): string =>
  type.endsWith('[]')
    ? '[]'
    : /^(?:json|jsonb)$/.test(type)
      ? '{}'
      : /int|numeric|real|double/.test(type)
        ? '1'
        : type.startsWith('bool')
          ? 'true'
          : "'…'";
