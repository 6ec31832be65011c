/** Where text goes; `process.stdout` and a test's recorder both fit. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** The width of a terminal. */
  readonly columns?: number;
}

/** All that a command knows of the process it runs in. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}
