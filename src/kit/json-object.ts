/** A value of JSON, as Zero types the arguments of mutators. */
type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: JsonValue | undefined };
