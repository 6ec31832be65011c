/** What `garden generate` is asked for. */
export interface GenerateOptions {
  /** Only this one; without it all that the project asks for. */
  readonly target: 'migrations' | 'zero' | undefined;
  readonly check: boolean;
  /** Goes on, and writes the files of zero whenever the schema changes. */
  readonly watch: boolean;
  readonly json: boolean;
  readonly config: string | undefined;
  readonly out: string | undefined;
  readonly name: string | undefined;
  readonly interactive: boolean;
}
