/** A row as Drizzle accepts it: values by the names of their columns in TypeScript. */
export type Row = Readonly<Record<string, unknown>>;
