import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { mustGetMutator, mustGetQuery } from '@rocicorp/zero';
import { handleMutateRequest, handleQueryRequest } from '@rocicorp/zero/server';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/postgres-js';
import { jwtVerify, SignJWT } from 'jose';
import postgres from 'postgres';
import { mutators } from './mutators.ts';
import { queries } from './queries.ts';
import { users } from './users.ts';
import { schema } from './zero-schema.gen.ts';

const { env } = process;
const secret = new TextEncoder().encode(env['AUTH_SECRET']);
const dbProvider = zeroDrizzle(schema, drizzle(postgres(env['DATABASE_URL'] ?? '')));

async function subjectOf(request: Request): Promise<string | undefined> {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.get('authorization') ?? '') ?? [];
  if (token === undefined) return undefined;
  return (await jwtVerify(token, secret, { requiredClaims: ['sub', 'exp'] })).payload.sub;
}

async function answer(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/sign-in') {
    const sub = users[searchParams.get('user') as keyof typeof users];
    const token = await new SignJWT({ sub })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('12h')
      .sign(secret);
    return Response.json({ sub, token });
  }
  if (request.headers.get('x-api-key') !== env['ZERO_API_KEY'])
    return new Response('', { status: 403 });
  const sub = await subjectOf(request).catch(() => null);
  if (sub === null) return new Response('', { status: 401 });
  const ctx = { sub };
  const userID = sub ?? null;
  if (pathname === '/query') {
    return Response.json(
      await handleQueryRequest({
        schema,
        request,
        userID,
        handler: (name, args) => mustGetQuery(queries, name).fn({ args, ctx }),
      }),
    );
  }
  return Response.json(
    await handleMutateRequest({
      dbProvider,
      request,
      userID,
      handler: (transact) =>
        transact((tx, name, args) => mustGetMutator(mutators, name).fn({ tx, args, ctx })),
    }),
  );
}

createServer((incoming, outgoing) => {
  void (async () => {
    try {
      const { method = 'GET', url = '/', headers } = incoming;
      const body = method === 'POST' ? { body: await text(incoming) } : {};
      const request = new Request(new URL(url, 'http://localhost'), {
        method,
        headers: headers as Record<string, string>,
        ...body,
      });
      const response = await answer(request);
      outgoing.writeHead(response.status, { 'content-type': 'application/json' });
      outgoing.end(await response.text());
    } catch (error) {
      console.error(error);
      outgoing.writeHead(500).end();
    }
  })();
}).listen(Number(env['PORT']), '127.0.0.1');
