import { readFileSync } from 'node:fs';
import { ProblemError } from '../report/problem.ts';

/** What is needed together: who lacks one of them hears of the others at once. */
const TOGETHER: readonly (readonly string[])[] = [
  ['drizzle-kit', 'esbuild', 'libpg-query', 'oxc-parser'],
  ['npm-package-arg', 'postgres', 'semver'],
];

/**
 * What a command needs and the project does not have: a peer of this package, which
 * only some commands load. Gives nothing for any other error.
 */
export function missingPackage(error: unknown): ProblemError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const name = /^Cannot find package '([^']+)'/.exec(error.message)?.[1];
  // `src/cli` and `dist/cli` are equally deep below the package.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { peerDependencies } = JSON.parse(text) as { peerDependencies: Record<string, string> };
  if (name === undefined || peerDependencies[name] === undefined) return undefined;
  const group = TOGETHER.find((names) => names.includes(name)) ?? [name];
  const missing = group.filter((one) => one === name || !isInstalled(one));
  return new ProblemError(
    {
      code: 'cli/missing-package',
      message: `this command needs ${missing.join(', ')}, which ${missing.length === 1 ? 'is' : 'are'} not installed.`,
      fix: `npm install --save-dev ${missing.map((one) => `"${one}@${peerDependencies[one]}"`).join(' ')}`,
    },
    { cause: error },
  );
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
