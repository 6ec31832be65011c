type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/**
 * An object of JSON, for `$type()` of a column that Zero syncs. With `unknown` values, the
 * column's mutators accept no arguments, because Zero only sends JSON.
 */
export type JsonObject = { readonly [key: string]: JsonValue | undefined };
