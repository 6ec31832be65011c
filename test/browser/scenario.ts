import type { BrowserContextOptions } from 'playwright-core';
import type { OpenGarden } from './open-garden.ts';
import type { Visitor } from './visitor.ts';

interface Stage {
  readonly garden: OpenGarden;
  /** Opens a window for a visitor; the runner closes it at the end. */
  visit(options?: BrowserContextOptions): Promise<Visitor>;
}

/** Actions of users on the page, and the expected results. */
export interface Scenario {
  readonly name: string;
  /** Expected console messages; all others fail the scenario. */
  readonly expects?: RegExp;
  run(stage: Stage): Promise<void>;
}
