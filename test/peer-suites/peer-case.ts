/** A case of another tool's own tests: SQL, and whether one of its rules reports it. */
export interface PeerCase {
  readonly tool: 'splinter' | 'squawk' | 'pgls';
  /** The id of the rule. */
  readonly rule: string;
  readonly name: string;
  readonly sql: string;
  readonly reported: boolean;
  /** Set if the tool assumes that the file runs in a transaction. */
  readonly inTransaction?: true;
  /** Set if the tool assumes a server that is older than Postgres 15. */
  readonly oldServer?: true;
}

/** The comparison of a case with our rules. */
export interface PeerVerdict {
  readonly of: PeerCase;
  /** Whether a rule of ours reports it. Undefined if the case could not be run. */
  readonly ours: boolean | undefined;
  /** Our findings, or why the case could not be run. */
  readonly details: readonly string[];
}
