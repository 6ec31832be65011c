/**
 * Limit of the nesting. Deeper values overflow the stack of JavaScript or Postgres, at
 * different depths. The limit also ends cycles.
 */
const MAX_DEPTH = 1000;

/**
 * Whether `jsonb` stores the value unchanged: plain JSON without NUL characters and lone
 * surrogates, which JSON allows and `jsonb` refuses.
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

/** Drizzle reads the constructor of a value, which an object without a prototype lacks. */
export const withPrototype = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null
    ? { ...value }
    : value;

const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
