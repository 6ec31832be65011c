import { Zero } from '@rocicorp/zero';
import { newId } from '../../../kit/index.ts';
import type { RunningStack } from '../../../command/dev-target.ts';
import type { SignedIn } from './dev-identity.ts';
import { mutators, queries, schema, type Principal } from '../zero/index.ts';
import { ProblemError } from '../../../report/problem.ts';

const PATIENCE = 30_000;

/**
 * Checks that a write of one client reaches a second client of the same user through the running
 * stack.
 */
export async function proveSync({ url, cacheUrls }: RunningStack): Promise<string> {
  const { token, claims } = await signInAs('The prover', url);
  const principal: Principal = { sub: claims.sub, roles: claims.roles };
  const open = (cacheURL: string | undefined) =>
    new Zero({
      schema,
      mutators,
      cacheURL,
      kvStore: 'mem',
      userID: claims.sub,
      auth: token,
      context: principal,
      logSink: { log: () => {} },
    });
  const writer = open(cacheUrls[0]);
  // Uses another view-syncer if there are several.
  const reader = open(cacheUrls.at(-1));
  try {
    const packages = await inTime(
      reader.run(queries.packages.search({ limit: 50 }), { type: 'complete' }),
      'the first packages',
    );
    const name = `The prover of ${newId()}`;
    const seen = new Promise<void>((resolve) => {
      reader.materialize(queries.profile.mine()).addListener((account) => {
        if (account?.name === name) resolve();
      });
    });
    const start = performance.now();
    writer.mutate(mutators.profile.save({ name, at: Date.now() }));
    await inTime(seen, 'the change of another client');
    const milliseconds = Math.round(performance.now() - start);
    return `a client read ${packages.length} packages and received another client's change after ${milliseconds} ms`;
  } finally {
    await Promise.all([writer.close(), reader.close()]);
  }
}

async function signInAs(name: string, url: string): Promise<SignedIn> {
  const response = await fetch(`${url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ as: 'user', name }),
  });
  return (await response.json()) as SignedIn;
}

async function inTime<Result>(work: Promise<Result>, what: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new ProblemError({
          code: 'dev/no-sync',
          message: `the stack runs, but ${what} did not arrive within ${PATIENCE / 1000} s.`,
          fix: 'run `garden dev --app garden` without --once and check the console of the page.',
        }),
      );
    }, PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
