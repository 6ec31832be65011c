import { readFileSync } from 'node:fs';
import process from 'node:process';
import { ProblemError } from '../report/problem.ts';

/**
 * The problem of a Node older than package.json asks for. The first function that it
 * lacks would say nothing to anybody.
 */
export function oldNode(): ProblemError | undefined {
  // `src/cli` and `dist/cli` are equally deep below the package.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { engines } = JSON.parse(text) as { engines: { node: string } };
  const wanted = Number.parseInt(engines.node.replace('>=', ''), 10);
  const { node } = process.versions;
  if (Number.parseInt(node, 10) >= wanted) return undefined;
  return new ProblemError({
    code: 'cli/old-node',
    message: `garden needs Node ${wanted} or later, and this is ${node}.`,
    places: [{ file: process.execPath }],
    fix: 'install a newer Node, or let npm bring one: npm install --save-dev node@24, then npx garden.',
  });
}
