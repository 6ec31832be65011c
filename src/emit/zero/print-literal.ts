import { quote } from './quote.ts';

/** A TypeScript literal, formatted as a formatter would. */
export type Literal =
  | string
  | number
  | boolean
  | null
  | Raw
  | Block
  | readonly Literal[]
  | { readonly [key: string]: Literal };

/** Printed unchanged. */
class Raw {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A literal with one entry per line, so that a new entry does not move the others. */
class Block {
  readonly entries: Readonly<Record<string, Literal>>;
  constructor(entries: Readonly<Record<string, Literal>>) {
    this.entries = entries;
  }
}

export const raw = (text: string): Literal => new Raw(text);
export const block = (entries: Readonly<Record<string, Literal>>): Literal => new Block(entries);

const WIDTH = 100;

/** Prints a literal at column `before` of a line that is indented by `indent`. */
export function printLiteral(value: Literal, indent = 0, before: number = indent): string {
  if (value instanceof Block) return entries(value.entries, indent);
  const flat = inline(value);
  // Includes the following comma.
  if (flat !== undefined && before + flat.length + 1 <= WIDTH) return flat;
  if (Array.isArray(value)) {
    return lines(
      '[',
      (value as readonly Literal[]).map((item) => printLiteral(item, indent + 2)),
      ']',
      indent,
    );
  }
  if (isLeaf(value)) return flat ?? '';
  return entries(value as Readonly<Record<string, Literal>>, indent);
}

function entries(value: Readonly<Record<string, Literal>>, indent: number): string {
  const printed = Object.entries(value).map(([key, item]) => {
    const name = `${printKey(key)}: `;
    return name + printLiteral(item, indent + 2, indent + 2 + name.length);
  });
  return printed.length === 0 ? '{}' : lines('{', printed, '}', indent);
}

function lines(open: string, items: readonly string[], close: string, indent: number): string {
  const margin = ' '.repeat(indent);
  return `${open}\n${items.map((item) => `${margin}  ${item},\n`).join('')}${margin}${close}`;
}

/** The text on one line, if all parts fit on one line. */
function inline(value: Literal): string | undefined {
  if (value instanceof Raw) return value.text;
  if (value instanceof Block) return undefined;
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) {
    const items = (value as readonly Literal[]).map(inline);
    return items.includes(undefined) ? undefined : `[${items.join(', ')}]`;
  }
  const pairs = Object.entries(value).map(([key, item]) => {
    const text = inline(item);
    return text === undefined ? undefined : `${printKey(key)}: ${text}`;
  });
  if (pairs.includes(undefined)) return undefined;
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

const isLeaf = (value: Literal): boolean =>
  value === null || typeof value !== 'object' || value instanceof Raw;

/** A key, quoted only if necessary. A quoted `__proto__` would still set the prototype. */
function printKey(key: string): string {
  if (key === '__proto__') return `['__proto__']`;
  // Other letters are quoted: Node may know more of them than the TypeScript that compiles the file.
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}
