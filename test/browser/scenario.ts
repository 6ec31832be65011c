import type { BrowserContextOptions } from 'playwright-core';
import type { OpenGarden } from './open-garden.ts';
import type { Visitor } from './visitor.ts';

interface Stage {
  readonly garden: OpenGarden;
  /** Lets somebody in; the runner closes their window at the end. */
  visit(options?: BrowserContextOptions): Promise<Visitor>;
}

/** Something that people do with the page, and what must come of it. */
export interface Scenario {
  readonly name: string;
  /** Complaints of the console that belong to it; all others fail it. */
  readonly expects?: RegExp;
  run(stage: Stage): Promise<void>;
}
