/** The kinds of objects in a schema. */
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

/** The properties of an object: plain JSON data. */
export type Properties = Readonly<Record<string, unknown>>;

/** One object of a schema, flattened, with all properties that can differ. */
export interface SchemaObject {
  readonly kind: ObjectKind;
  /** `public.posts`, or `public.posts.author_id` for an object in a table. */
  readonly object: string;
  /** The table that it belongs to. */
  readonly within?: string;
  readonly properties: Properties;
  /** Expressions, which can be written in several equivalent ways. */
  readonly sql?: Readonly<Record<string, string | undefined>>;
  /** The comment of the object, which companion SQL writes. */
  readonly doc?: string;
}
