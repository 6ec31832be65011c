import type { Io } from './io.ts';
import type { Paint } from './paint.ts';

/** An option of a command, written `--name` or `--name VALUE`. */
export interface Option {
  readonly name: string;
  /** What stands for the value in the help; without it the option is a flag. */
  readonly value?: string;
  readonly help: string;
  /** Shown in the help; the command itself applies it. */
  readonly defaultText?: string;
}

/** What a command takes without a name before it. It may be left out. */
export interface Argument {
  /** What stands for it in the help: `TARGET`. */
  readonly name: string;
  readonly help: string;
  /** All that it may be, where that can be listed. */
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
  /** What a person should know before running it; asked for where it takes loading to know. */
  readonly description: string | (() => Promise<string>);
  readonly argument?: Argument;
  readonly options: readonly Option[];
  readonly examples: readonly Example[];
  /** The exit code after Ctrl-C, where that is not always 130: `0 with --watch`. */
  readonly interruptedCode?: string;
  /** What Ctrl-C left, as a sentence. */
  readonly whenInterrupted?: string;
  /** Gives the exit code. What it throws is reported by the frame. */
  run(context: CommandContext): Promise<number>;
}

export interface CommandContext {
  readonly io: Io;
  /** Colours for standard output. */
  readonly paint: Paint;
  /** Aborted when the process shall end; the reason is the problem to throw. */
  readonly signal: AbortSignal;
  readonly argument: string | undefined;
  /** The value of an option that has one. */
  text(option: string): string | undefined;
  flag(option: string): boolean;
}

/** For commands that can answer a program. Everything on standard output is then one JSON document. */
export const jsonOption: Option = {
  name: 'json',
  help: 'print the result, or the problem, as JSON',
};
