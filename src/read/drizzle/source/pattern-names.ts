/** The names that a pattern defines. */
export function patternNames(pattern: object): readonly string[] {
  const node = pattern as {
    readonly type: string;
    readonly name?: string;
    readonly properties?: readonly object[];
    readonly elements?: readonly (object | null)[];
    readonly value?: object;
    readonly left?: object;
    readonly argument?: object;
    readonly parameter?: object;
  };
  if (node.type === 'Identifier') return [node.name ?? ''];
  return [
    ...(node.properties ?? []),
    ...(node.elements ?? []),
    node.value,
    node.left,
    node.argument,
    node.parameter,
  ].flatMap((inner) => (inner ? patternNames(inner) : []));
}
