import { parseSync, type Program } from 'oxc-parser';

/**
 * Whether two TypeScript files say the same, however a formatter left them: spaces,
 * quotes, brackets, commas and semicolons are its own, and so are the comments that
 * tools read. What a schema's author wrote above a table is not.
 */
export function isSameCode(before: string, after: string): boolean {
  const [one, other] = [before, after].map((text) => {
    const { program, comments, errors } = parseSync('file.ts', text, { preserveParens: false });
    return errors.length > 0 ? undefined : { program, docs: docs(program, comments) };
  });
  return (
    one !== undefined &&
    other !== undefined &&
    one.docs === other.docs &&
    isSame(one.program.body, other.program.body)
  );
}

/** Each doc comment, with the number of the statement that it stands above. */
function docs(
  { body }: Program,
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

/** A formatter also decides which names of properties stand in quotes. */
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
