import type { Page } from 'playwright-core';

/** A way from an empty folder to a synced page. */
export interface Project extends AsyncDisposable {
  /** Files that a person writes, with their texts. */
  readonly written: ReadonlyMap<string, string>;
  /** The commands that a person types, without the one that starts the project. */
  readonly commands: readonly string[];
  /** Runs the commands in an empty folder. */
  prepare(): Promise<void>;
  /** Starts the project, and returns the address of its page. */
  start(): Promise<string>;
  /** Signs in as Ada. */
  signIn(page: Page): Promise<void>;
}

/** Text of the seed: it is on the page once a row is synced. */
export const FIRST_ROW = 'Write the first rule';
