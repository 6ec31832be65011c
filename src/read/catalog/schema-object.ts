/** The kinds of objects that a schema has. */
export type ObjectKind =
  | 'table'
  | 'column'
  | 'primary key'
  | 'unique'
  | 'foreign key'
  | 'index'
  | 'check'
  | 'exclusion'
  | 'policy'
  | 'view'
  | 'enum'
  | 'sequence'
  | 'extension'
  | 'role';

/** What an object is like: plain data that JSON can hold. */
export type Properties = Readonly<Record<string, unknown>>;

/** One object of a schema, flat, with what can differ in it. */
export interface SchemaObject {
  readonly kind: ObjectKind;
  /** `public.posts`, or `public.posts.author_id` for what stands in a table. */
  readonly object: string;
  /** The table that it goes and comes with. */
  readonly within?: string;
  readonly properties: Properties;
  /** Expressions, which two authors write in two ways. */
  readonly sql?: Readonly<Record<string, string | undefined>>;
  /** Its comment, which companion SQL writes. */
  readonly doc?: string;
}
