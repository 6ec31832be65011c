/** A function of the operator. */
export interface OperatorFunction {
  readonly name: string;
  /** With their defaults, as SQL. */
  readonly parameters?: string;
  /** The types of the parameters, as SQL. */
  readonly types?: string;
  readonly returns: string;
  readonly reads?: true;
  /** A plpgsql block. */
  readonly body: string;
}
