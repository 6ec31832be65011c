import { readFileSync } from 'node:fs';
import process from 'node:process';
import { inRange } from '../report/in-range.ts';
import { ProblemError } from '../report/problem.ts';

/**
 * The problem of a Node version older than package.json requires. Otherwise the first
 * missing function would cause an obscure error.
 */
export function oldNode(): ProblemError | undefined {
  // `src/cli` and `dist/cli` have the same depth in the package.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { engines } = JSON.parse(text) as { engines: { node: string } };
  const { node } = process.versions;
  if (inRange(node, engines.node)) return undefined;
  return new ProblemError({
    code: 'cli/old-node',
    message: `garden needs Node ${engines.node.replace('>=', '')} or later, but this is Node ${node}.`,
    places: [{ file: process.execPath }],
    fix: 'install a newer Node, for example from npm: npm install --save-dev node@24, then npx garden.',
  });
}
