// Compares our rules with the own cases of splinter, squawk and Postgres Language Server:
// node test/peer-suites/run.ts --suites FOLDER
// FOLDER has their checkouts: splinter, squawk, postgres-language-server.
import process from 'node:process';
import { parseArgs } from 'node:util';
import { compareWithPeers } from './compare-with-peers.ts';
import { printComparison } from './print-comparison.ts';

const { values } = parseArgs({ options: { suites: { type: 'string' } } });
if (values.suites === undefined) {
  process.stderr.write('usage: node test/peer-suites/run.ts --suites FOLDER\n');
  process.exit(2);
}
const comparison = await compareWithPeers(values.suites);
process.stdout.write(printComparison(comparison));
process.exitCode = comparison.unexplained.length === 0 ? 0 : 1;
