/**
 * A value that survives the way through `jsonb` unchanged: plain JSON, without
 * the two things that JSON can write and `jsonb` refuses, a NUL character and
 * half a surrogate pair.
 */
export function isJson(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
      return isText(value);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isJson);
      return (
        isPlain(value) &&
        Object.entries(value).every(([key, inner]) => isText(key) && isJson(inner))
      );
    default:
      return false;
  }
}

const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
