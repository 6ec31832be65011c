import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { promptSocket } from './prompt-socket.ts';

const ROUNDS = 8;

/** A server that answers only after two pieces, like Postgres at the end of a COPY. */
async function answerPairs(): Promise<number> {
  const server = createServer((socket) => {
    let got = 0;
    socket.on('data', (chunk: Buffer) => {
      got += chunk.length;
      if (got < 20) return;
      got = 0;
      socket.write('answer');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function timeOf(socket: Socket): Promise<number> {
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    socket.write('0123456789');
    // A new tick, as between the last rows and the end marker.
    await new Promise(setImmediate);
    socket.write('0123456789');
    await once(socket, 'data');
  }
  socket.destroy();
  return performance.now() - start;
}

// Other systems have different acknowledgement delays.
test.runIf(process.platform === 'linux')(
  'a short message does not wait until the other side has acknowledged the one before',
  async () => {
    const port = await answerPairs();
    const ours = promptSocket({ host: ['127.0.0.1'], port: [port] });
    expect(ours).toMatchObject({ host: '127.0.0.1', port });
    const prompt = await timeOf(ours);
    const plain = await timeOf(connect(port, '127.0.0.1'));
    // With Nagle's algorithm, Linux waits up to 40 ms per round.
    expect(prompt).toBeLessThan(plain / 2);
  },
);

test('a path is a Unix socket, and a connection error is emitted', async () => {
  for (const address of [
    { host: ['localhost'], port: [1], path: '/nowhere/.s.PGSQL.5432' },
    { host: ['127.0.0.1'], port: [1], path: false as const },
  ]) {
    const [error] = (await once(promptSocket(address), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe(address.path === false ? 'ECONNREFUSED' : 'ENOENT');
  }
});
