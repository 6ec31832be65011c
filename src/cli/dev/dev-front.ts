import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Proof, DevTarget } from '../../command/dev-target.ts';
import type { DevIdentity } from '../../endpoints/dev/dev-identity.ts';
import { answerSignIn } from '../../endpoints/dev/sign-in.ts';
import { attempt } from '../../processes/attempt.ts';
import { isPortTaken } from '../../processes/free-ports.ts';
import type { Parts } from '../../processes/part.ts';
import { serveFront } from '../../processes/serve-front.ts';

export interface DevFront {
  readonly url: string;
  readonly signInUrl: string;
  readonly jwksUrl: string;
  readonly proof: Proof;
}

interface DevFrontOptions {
  readonly target: DevTarget;
  readonly identity: DevIdentity;
  readonly port: () => Promise<number>;
  /** The address of the server process. */
  readonly behind: () => Promise<string>;
  readonly once: boolean;
}

const PREFIX = '/_garden/';

/**
 * The fixed address of the stack. It serves sign-in and keys, and forwards other requests to the
 * server.
 */
export async function startDevFront(
  { target, identity, port, behind, once }: DevFrontOptions,
  parts: Parts,
): Promise<DevFront> {
  // The path is secret, because its queries are not restricted by access rules.
  const proofPath = `${PREFIX}proof/${randomBytes(16).toString('hex')}/query`;
  let prove: ((request: Request) => Promise<Response>) | undefined;
  const own = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case `${PREFIX}sign-in`:
        return answerSignIn(request, identity, {
          title: target.title,
          principals: target.principals?.() ?? {},
        });
      case `${PREFIX}jwks.json`:
        return Response.json(identity.jwks);
      case `${PREFIX}ready`:
        // For `garden status`.
        return new Response(null, { status: (await isReady(behind)) ? 204 : 503 });
      case proofPath:
        if (once && prove) return prove(request);
    }
    return Response.json({ error: 'not found.' }, { status: 404 });
  };
  // Another stack can take the port after the check.
  const front = await attempt(
    5,
    async () => serveFront({ port: await port(), ownPrefix: PREFIX, own, behind }),
    isPortTaken,
  );
  parts.add({
    name: 'the front',
    ended: new Promise(() => {}),
    log: () => '',
    stop: front.stop,
  });
  return {
    url: front.url,
    signInUrl: `${front.url}${PREFIX}sign-in`,
    jwksUrl: `${front.url}${PREFIX}jwks.json`,
    proof: {
      url: `${front.url}${proofPath}`,
      answer: (handler) => void (prove = handler),
    },
  };
}

/** Whether the server process listens now, without waiting for a restart. */
const isReady = (behind: () => Promise<string>): Promise<boolean> =>
  Promise.race([behind().then(() => true), sleep(500, false)]);
