import type { Place } from '../../../report/place.ts';
import { follow, memberName, type Followed } from './follow.ts';
import { fileScope, type Ref } from './scope.ts';
import type { Sources } from './sources.ts';

/** The source of an export. */
export interface ExportSource {
  /** The place of its declaration; absent for an export of a package. */
  readonly at?: Place;
  /** The file that declares it, if that file exports it under the same name. */
  readonly origin?: string;
  /** Whether it is declared under this name, rather than an alias of a declared value. */
  readonly declared?: boolean;
  readonly doc?: string;
  /** The package that it comes from, if the project does not create it itself. */
  readonly from?: string;
  /** The arguments of the call that created it: `pgTable('name', { … })`. */
  readonly args: readonly Ref[];
}

/** Finds an export of a file by its name. */
export function readExport(sources: Sources, path: string, name: string): ExportSource {
  const exported = sources.exported(path, name);
  if (exported?.kind === 'package') return { from: exported.specifier, args: [] };
  if (exported?.kind !== 'value') return { args: [] };
  const { file, value } = exported;
  const doc = file.docBefore(value.start);
  const there = sources.exported(file.path, name);
  const isOrigin = there?.kind === 'value' && there.value === value;
  const declared = isOrigin && file.exports.get(name) === name && value.node?.type !== 'Identifier';
  return {
    at: file.placeOf(value.start),
    ...(isOrigin && { origin: file.path }),
    ...(declared && { declared }),
    ...(doc === undefined ? {} : { doc }),
    args: value.node
      ? argsOf(sources, follow(sources, { node: value.node, scope: fileScope(file) }))
      : [],
  };
}

function argsOf(sources: Sources, made: Followed): readonly Ref[] {
  if (made.kind !== 'node' || made.node.type !== 'CallExpression') return [];
  const { node, scope } = made;
  if (node.callee.type === 'MemberExpression' && memberName(node.callee) === 'enableRLS') {
    return argsOf(sources, follow(sources, { node: node.callee.object, scope }));
  }
  return node.arguments.flatMap((argument) =>
    argument.type === 'SpreadElement' ? [] : [{ node: argument, scope }],
  );
}
