/** A function that custom SQL creates. Types are SQL text: `integer`, `public.notes`. */
export interface SqlFunction {
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  readonly args: readonly FunctionArgument[];
  /** The columns of `RETURNS TABLE`, or the result type. */
  readonly returns: string | readonly { readonly name: string; readonly type: string }[];
  readonly setof: boolean;
  /** The ROWS of the definition. */
  readonly rows?: number;
}

interface FunctionArgument {
  /** Empty for an argument without a name. */
  readonly name: string;
  readonly type: string;
  readonly hasDefault: boolean;
}
