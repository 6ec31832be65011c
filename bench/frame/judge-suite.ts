import { judgeMeasurement } from './judge-measurement.ts';
import type { Context, Row, Suite } from './suite.ts';

/** Runs a suite and judges each measurement as soon as it is available. */
export async function* judgeSuite(suite: Suite, context: Context): AsyncGenerator<Row, void> {
  let measured = false;
  for await (const measurement of suite.run(context)) {
    measured = true;
    yield judgeMeasurement(suite.name, measurement);
  }
  // Without rows no target could be missed, and the run would pass.
  if (!measured) throw new Error(`the suite ${suite.name} measured nothing`);
}
