import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ProblemError } from './problem.ts';

/** Packages that are needed together. If one is missing, the error names all missing ones. */
const TOGETHER: readonly (readonly string[])[] = [
  ['drizzle-kit', 'esbuild', 'libpg-query', 'oxc-parser'],
  ['npm-package-arg', 'postgres', 'semver'],
];

/**
 * The problem that a command needs an optional peer that is not installed. `undefined`
 * for any other error.
 */
export function missingPackage(error: unknown): ProblemError | undefined {
  const isOurs = error instanceof ProblemError && error.problem.code === CODE;
  const cause: unknown = isOurs ? error.cause : error;
  const name = missingName(cause);
  if (name === undefined) return undefined;
  const group = TOGETHER.find((names) => names.includes(name)) ?? [name];
  const missing = group.filter((one) => one === name || !isInstalled(one));
  return missingPeers(
    {
      code: 'cli/missing-package',
      who: 'this command',
      names: missing,
      option: '--save-dev ',
    },
    cause,
  );
}

const CODE = 'setup/missing-package';

/**
 * Loads an optional peer on demand, so that an entry point can be imported without it. If
 * it is missing, the error names the package and the function that needs it.
 */
export async function importPeer<Module>(
  who: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const name = missingName(error);
    throw name === undefined ? error : missingPeers({ code: CODE, who, names: [name] }, error);
  }
}

/** The synchronous version of {@link importPeer}. */
export function requirePeer<Module>(who: string, name: string): Module {
  try {
    return createRequire(import.meta.url)(name) as Module;
  } catch (error) {
    throw missingName(error) === undefined
      ? error
      : missingPeers({ code: CODE, who, names: [name] }, error);
  }
}

interface MissingPeers {
  readonly code: string;
  readonly who: string;
  readonly names: readonly string[];
  /** Option of `npm install`. */
  readonly option?: string;
}

function missingPeers(
  { code, who, names, option = '' }: MissingPeers,
  cause: unknown,
): ProblemError {
  const peers = readPeers();
  return new ProblemError(
    {
      code,
      message: `${who} needs ${names.join(', ')}, which ${names.length === 1 ? 'is' : 'are'} not installed.`,
      fix: `npm install ${option}${names.map((one) => `"${one}@${peers[one]}"`).join(' ')}`,
    },
    { cause },
  );
}

/** The peer that an import did not find. */
function missingName(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code !== 'ERR_MODULE_NOT_FOUND' && error.code !== 'MODULE_NOT_FOUND') return undefined;
  const name = /^Cannot find (?:package|module) '([^']+)'/.exec(error.message)?.[1];
  return name !== undefined && readPeers()[name] !== undefined ? name : undefined;
}

function readPeers(): Readonly<Record<string, string>> {
  // `src/report` and `dist/report` have the same depth.
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { peerDependencies: Record<string, string> }).peerDependencies;
}

function isInstalled(name: string): boolean {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
