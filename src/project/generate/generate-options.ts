/** What `garden generate` writes. */
export type Target = 'migrations' | 'zero' | 'json-schema' | 'supabase';

/** The options of `garden generate`. */
export interface GenerateOptions {
  /** The target to generate. Without it, all targets that the project configures. */
  readonly target: Target | undefined;
  readonly check: boolean;
  /** Keeps running, and writes all files except migrations whenever the schema changes. */
  readonly watch: boolean;
  readonly json: boolean;
  readonly config: string | undefined;
  /** The file of the target, or the folder of the Zero files. Only with a target. */
  readonly out: string | undefined;
  readonly name: string | undefined;
  readonly interactive: boolean;
}
