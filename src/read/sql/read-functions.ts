import type { CreateFunctionStmt, FunctionParameter } from 'libpg-query';
import type { SqlFunction } from '../../model/sql-function.ts';
import { givenSchema } from '../../model/table-id.ts';
import type { ParseSql } from './open-parser.ts';
import { stringsIn } from './replayed.ts';
import { typeNameText } from './type-name.ts';

/** The functions that statements create, except trigger functions and procedures. */
export function readFunctions(
  statements: readonly string[],
  parse: ParseSql,
): readonly SqlFunction[] {
  return statements
    .filter((sql) => /\bfunction\b/i.test(sql))
    .flatMap((sql) => parse(sql) ?? [])
    .flatMap((statement) =>
      'CreateFunctionStmt' in statement ? readFunction(statement.CreateFunctionStmt) : [],
    )
    .filter(({ returns }) => returns !== 'trigger' && returns !== 'event_trigger');
}

function readFunction(statement: CreateFunctionStmt): readonly SqlFunction[] {
  if (statement.is_procedure === true) return [];
  const { funcname = [], parameters = [], returnType, options = [] } = statement;
  const [name = '', schema] = stringsIn(funcname).toReversed();
  const all = parameters.flatMap((one) =>
    'FunctionParameter' in one ? [one.FunctionParameter] : [],
  );
  const inMode = (...modes: readonly string[]): readonly FunctionParameter[] =>
    all.filter(({ mode = 'FUNC_PARAM_DEFAULT' }) => modes.includes(mode));
  const typed = ({ name: argument = '', argType = {} }: FunctionParameter) => ({
    name: argument,
    type: typeNameText(argType),
  });
  const table = inMode('FUNC_PARAM_TABLE').map(typed);
  const [out, ...others] = inMode('FUNC_PARAM_OUT', 'FUNC_PARAM_INOUT').map(typed);
  const declared = returnType ? typeNameText(returnType) : others.length > 0 ? 'record' : out?.type;
  const rows = options.flatMap((option) =>
    'DefElem' in option && option.DefElem.defname === 'rows' ? integerIn(option.DefElem.arg) : [],
  )[0];
  return [
    {
      name,
      ...givenSchema(schema),
      args: inMode(
        'FUNC_PARAM_DEFAULT',
        'FUNC_PARAM_IN',
        'FUNC_PARAM_INOUT',
        'FUNC_PARAM_VARIADIC',
      ).map((one) => ({ ...typed(one), hasDefault: one.defexpr !== undefined })),
      returns: table.length > 0 ? table : (declared ?? 'void'),
      setof: returnType?.setof === true,
      ...(rows !== undefined && { rows }),
    },
  ];
}

function integerIn(value: unknown): readonly number[] {
  const { Integer } = (value ?? {}) as { readonly Integer?: { readonly ival?: number } };
  return Integer?.ival === undefined ? [] : [Integer.ival];
}
