import type { CreateFunctionStmt, ObjectWithArgs } from 'libpg-query';
import { plainTree } from './plain-tree.ts';
import { stringsIn, type Replayed, type ReplayedFunction } from './replayed.ts';

/** Applies a CREATE FUNCTION; a replaced function keeps its privileges. */
export function createFunction(state: Replayed, statement: CreateFunctionStmt, file: string): void {
  const { replace: _, funcname = [], parameters = [] } = statement;
  const types = parameters.flatMap((parameter) => {
    if (!('FunctionParameter' in parameter)) return [];
    const { mode, argType } = parameter.FunctionParameter;
    return mode === 'FUNC_PARAM_OUT' || mode === 'FUNC_PARAM_TABLE' ? [] : argType;
  });
  const key = functionKey(stringsIn(funcname), types);
  const found = state.functions.get(key) ?? blank();
  found.created = { tree: { ...statement, replace: true }, file };
  state.functions.set(key, found);
}

/** The function that a GRANT, DROP or ALTER names. */
export function functionOf({ functions }: Replayed, named: ObjectWithArgs): ReplayedFunction {
  const key = keyOf(named);
  const found = functions.get(key) ?? blank();
  functions.set(key, found);
  return found;
}

/** Without argument types, the name has to be unique. */
export function dropFunction({ functions }: Replayed, named: ObjectWithArgs): void {
  if (named.args_unspecified !== true) functions.delete(keyOf(named));
  else for (const key of functions.keys()) if (isNamed(key, named)) functions.delete(key);
}

/** The name of a function, from its key. */
export const functionName = (key: string): string =>
  (JSON.parse(key) as readonly [readonly string[]])[0].join('.');

const blank = (): ReplayedFunction => ({ created: undefined, grants: new Map() });

const keyOf = ({ objname, objargs = [] }: ObjectWithArgs): string =>
  functionKey(
    stringsIn(objname),
    objargs.map((type) => ('TypeName' in type ? type.TypeName : type)),
  );

const isNamed = (key: string, { objname }: ObjectWithArgs): boolean =>
  functionName(key) === inSchema(stringsIn(objname)).join('.');

/** Names and types as in the parse tree, where `int4` and `integer` differ by a schema only. */
const functionKey = (name: readonly string[], types: readonly unknown[]): string =>
  JSON.stringify([
    inSchema(name),
    types.map((type) => plainTree(type).replaceAll('{"String":{"sval":"pg_catalog"}},', '')),
  ]);

const inSchema = (name: readonly string[]): readonly string[] =>
  name.length > 1 ? name : ['public', ...name];
