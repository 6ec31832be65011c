/**
 * Deeper, JavaScript and Postgres run out of stack, each somewhere else; and what
 * holds itself has no end.
 */
const MAX_DEPTH = 1000;

/**
 * A value that survives the way through `jsonb` unchanged: plain JSON, without
 * the two things that JSON can write and `jsonb` refuses, a NUL character and
 * half a surrogate pair.
 */
export function isJson(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
      return isText(value);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (depth === MAX_DEPTH) return false;
      if (Array.isArray(value)) return value.every((inner) => isJson(inner, depth + 1));
      return (
        isPlain(value) &&
        Object.entries(value).every(([key, inner]) => isText(key) && isJson(inner, depth + 1))
      );
    default:
      return false;
  }
}

/** Drizzle asks a value for its constructor, which an object without prototype has not. */
export const withPrototype = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
    ? { ...value }
    : value;

const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
