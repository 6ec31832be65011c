/** An output stream; `process.stdout` and the recorder of tests implement it. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** The width of a terminal. */
  readonly columns?: number;
}

/** The process environment of a command. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}
