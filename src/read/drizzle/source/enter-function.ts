import type {
  ArrowFunctionExpression,
  Function as FunctionNode,
  ParamPattern,
  Statement,
} from 'oxc-parser';
import { patternNames } from './pattern-names.ts';
import type { Bound, Ref, Scope, TypeRef } from './scope.ts';

type AnyFunction = FunctionNode | ArrowFunctionExpression;

export function isFunction(node: { readonly type: string }): node is AnyFunction {
  return (
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'FunctionExpression' ||
    node.type === 'FunctionDeclaration'
  );
}

/** Limits recursive functions, which would otherwise be followed endlessly. */
const MAX_CALLS = 6;

/**
 * The return value of a function, with its arguments bound to its parameters. Only for a
 * function with a single `return`, at its end, and no branches.
 */
export function enterFunction(
  { node, scope }: { readonly node: AnyFunction; readonly scope: Scope },
  calls: number,
  args: readonly Bound[],
  typeArgs: readonly TypeRef[] = [],
): Ref | undefined {
  if (calls > MAX_CALLS) return undefined;
  const values = new Map(scope.values);
  const types = new Map(scope.types);
  for (const [index, { name }] of node.typeParameters?.params.entries() ?? []) {
    types.set(name.name, typeArgs[index] ?? 'unknown');
  }
  const inner: Scope = { file: scope.file, calls, values, types };
  for (const [index, parameter] of node.params.entries()) {
    bind(parameter, args[index], inner, values);
  }
  const { body } = node;
  if (body?.type !== 'BlockStatement') return body ? { node: body, scope: inner } : undefined;
  const last = body.body.at(-1);
  if (last?.type !== 'ReturnStatement' || !last.argument) return undefined;
  for (const statement of body.body.slice(0, -1)) {
    if (DECIDES.has(statement.type)) return undefined;
    declare(statement, inner, values, types);
  }
  return { node: last.argument, scope: inner };
}

/**
 * Binds the names that a statement of a function defines. A local type has no meaning
 * outside the function.
 */
function declare(
  statement: Statement,
  scope: Scope,
  values: Map<string, Bound>,
  types: Map<string, TypeRef | 'unknown'>,
): void {
  switch (statement.type) {
    case 'VariableDeclaration':
      for (const { id, init } of statement.declarations) {
        if (id.type === 'Identifier' && init) values.set(id.name, { node: init, scope });
        else for (const name of patternNames(id)) values.set(name, 'unknown');
      }
      return;
    case 'FunctionDeclaration':
      if (statement.id) values.set(statement.id.name, { node: statement, scope });
      return;
    case 'TSEnumDeclaration':
    case 'ClassDeclaration':
      if (!statement.id) return;
      values.set(statement.id.name, 'unknown');
      types.set(statement.id.name, 'unknown');
      return;
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
      types.set(statement.id.name, 'unknown');
      return;
    default:
  }
}

/** Statements that may return early or not reach the end. */
const DECIDES: ReadonlySet<Statement['type']> = new Set([
  'IfStatement',
  'SwitchStatement',
  'TryStatement',
  'BlockStatement',
  'ReturnStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'LabeledStatement',
] as const);

function bind(
  parameter: ParamPattern,
  argument: Bound | undefined,
  scope: Scope,
  values: Map<string, Bound>,
): void {
  if (parameter.type === 'Identifier') values.set(parameter.name, argument ?? 'unknown');
  else if (parameter.type === 'AssignmentPattern' && parameter.left.type === 'Identifier') {
    values.set(parameter.left.name, argument ?? { node: parameter.right, scope });
  } else if (parameter.type === 'ObjectPattern' && argument === 'builders') {
    for (const name of patternNames(parameter)) values.set(name, 'builders');
  } else {
    for (const name of patternNames(parameter)) values.set(name, 'unknown');
  }
}
