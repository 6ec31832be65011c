import { expect, test } from 'vitest';
import { deadPort } from './dead-port.fixture.ts';
import { checkUpstream } from './check-upstream.ts';

test('what takes connections and hangs up is given up in time', async () => {
  await using dead = await deadPort('hangs up');
  const { port } = dead;
  await expect(
    checkUpstream(`postgres://ada:secret@127.0.0.1:${port}/db?connect_timeout=1`, {
      role: 'app_user',
    }),
  ).rejects.toMatchObject({
    problem: { code: 'database/unreachable', context: [`ada@127.0.0.1:${port}/db`] },
  });
});
