import { compareWithPeers } from '../../../test/peer-suites/compare-with-peers.ts';
import { agreements } from '../../../test/peer-suites/print-comparison.ts';
import type { Context, Measurement } from '../../frame/suite.ts';

/**
 * The share of the other linters' own cases on which our rules say the same. Nothing of them is in
 * this repository; `node test/peer-suites/run.ts` prints each disagreement with its reason.
 */
export async function* measureAgreement({
  peerSuites,
  progress,
}: Context): AsyncGenerator<Measurement, void> {
  if (peerSuites === undefined) return;
  progress('the cases of splinter, squawk and Postgres Language Server');
  const comparison = await compareWithPeers(peerSuites);
  for (const { tool, runnable, agreed } of agreements(comparison)) {
    if (runnable === 0) continue;
    yield {
      name: `agreement with ${tool} on ${runnable} of its cases`,
      value: (100 * agreed) / runnable,
      unit: '%',
      target: 'at least 95 %',
    };
  }
  yield {
    name: 'disagreements without a reason',
    value: comparison.unexplained.length,
    unit: 'cases',
    target: 'at most 0 cases',
  };
}
