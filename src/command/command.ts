import type { Io } from './io.ts';
import type { Paint } from './paint.ts';

/** An option of a command, written `--name` or `--name VALUE`. */
export interface Option {
  readonly name: string;
  /** Placeholder of the value in the help; absent for a flag. */
  readonly value?: string;
  readonly help: string;
  /** Default value, only for the help; the command applies it. */
  readonly defaultText?: string;
}

/** An optional positional argument. */
export interface Argument {
  /** Placeholder in the help: `TARGET`. */
  readonly name: string;
  readonly help: string;
  /** Set if several may be given. */
  readonly many?: true;
  /** The allowed values, if they can be listed. */
  readonly values?: readonly string[];
}

export interface Example {
  readonly command: string;
  readonly meaning: string;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** Description for the help; a function if it requires loading other modules. */
  readonly description: string | (() => Promise<string>);
  readonly argument?: Argument;
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  /** The exit code after Ctrl-C, if it is not always 130: `0 with --watch`. */
  readonly interruptedCode?: string;
  /** State after Ctrl-C, as a sentence. */
  readonly whenInterrupted?: string | ((context: CommandContext) => string | undefined);
  /**
   * The optional peers that the command loads, in addition to drizzle-orm and zod. The
   * command does not start if one of them is installed in an unsupported version.
   */
  packages?(context: CommandContext): readonly string[];
  /** Returns the exit code. The caller reports errors. */
  run(context: CommandContext): Promise<number>;
}

export interface CommandContext {
  readonly io: Io;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Aborted when the process should exit; the abort reason is the problem to throw. */
  readonly signal: AbortSignal;
  readonly argument: string | undefined;
  /** All arguments, of a command that takes several. */
  readonly allArguments: readonly string[];
  /** The value of an option that has one. */
  text(option: string): string | undefined;
  flag(option: string): boolean;
}

/** For commands with machine-readable output: standard output is then one JSON document. */
export const jsonOption: Option = {
  name: 'json',
  help: 'print the result, or the problem, as JSON',
};
