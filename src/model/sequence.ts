/** A sequence's settings. Numbers are text, because a bigint does not fit into a JavaScript number. */
export interface SequenceOptions {
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly start: string;
  readonly cache: string;
  readonly cycle: boolean;
}

/** A sequence that no column owns. */
export interface Sequence extends SequenceOptions {
  readonly name: string;
  /** Absent for `public`. */
  readonly schema?: string;
  readonly type: 'smallint' | 'integer' | 'bigint';
}
