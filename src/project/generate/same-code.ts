import { parseSync, type ImportDeclaration, type Program, type Statement } from 'oxc-parser';

/**
 * Whether two TypeScript files are equivalent except for formatting: spaces, quotes,
 * parentheses, commas, semicolons, the order of imports, and tool comments. Doc comments of
 * the schema's author are compared.
 */
export function isSameCode(before: string, after: string): boolean {
  const [one, other] = [before, after].map((text) => {
    const { program, comments, errors } = parseSync('file.ts', text, { preserveParens: false });
    if (errors.length > 0) return undefined;
    const body = program.body.filter((statement) => !isImport(statement));
    return { body, docs: docs(body, comments), imports: imports(program) };
  });
  return (
    one !== undefined &&
    other !== undefined &&
    one.docs === other.docs &&
    one.imports === other.imports &&
    isSame(one.body, other.body)
  );
}

const isImport = (statement: Statement): statement is ImportDeclaration =>
  statement.type === 'ImportDeclaration';

/**
 * All imports, each name separately, in a fixed order. Whether a module is loaded or only
 * imported for its types also counts.
 */
function imports({ body }: Program): string {
  const all = body.filter(isImport).flatMap((statement) => {
    const { source, importKind, specifiers, attributes } = statement;
    const from = JSON.stringify([source.value, attributes.map(({ value }) => value.value)]);
    const names = specifiers.map((specifier) => {
      const named = specifier.type === 'ImportSpecifier';
      const isType = importKind === 'type' || (named && specifier.importKind === 'type');
      const name = named ? specifier.imported : undefined;
      const imported = name?.type === 'Identifier' ? name.name : name?.value;
      return [from, specifier.type, isType, imported, specifier.local.name].join(' ');
    });
    return importKind === 'type' ? names : [from, ...names];
  });
  return [...new Set(all)].sort().join('\n');
}

/** Each doc comment, with the index of the statement below it. */
function docs(
  body: readonly Statement[],
  comments: readonly { readonly type: string; readonly value: string; readonly start: number }[],
): string {
  return comments
    .filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .map(({ value, start }) => {
      const lines = value.split('\n').map((line) => line.trim());
      return `${body.filter((statement) => statement.start < start).length}${lines.join('\n')}`;
    })
    .join('\n');
}

type Fields = Readonly<Record<string, unknown>>;

function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  }
  const [one, other] = [withoutBrackets(a as Fields), withoutBrackets(b as Fields)];
  if (one['type'] !== other['type']) return false;
  return Object.keys(one).every(
    (field) => isLayout(field, one) || isSame(valueOf(field, one), valueOf(field, other)),
  );
}

const isLayout = (field: string, { type }: Fields): boolean =>
  field === 'start' || field === 'end' || (field === 'raw' && type === 'Literal');

/** A formatter also decides which property names are quoted. */
function valueOf(field: string, node: Fields): unknown {
  const value = node[field];
  if (field !== 'key' || node['computed'] === true) return value;
  const key = value as Fields;
  return key['type'] === 'Identifier' || key['type'] === 'Literal'
    ? String(key['name'] ?? key['value'])
    : value;
}

function withoutBrackets(node: Fields): Fields {
  let inner = node;
  while (inner['type'] === 'TSParenthesizedType') inner = inner['typeAnnotation'] as Fields;
  return inner;
}
