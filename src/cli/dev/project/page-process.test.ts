import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePorts } from '../../../processes/free-ports.ts';
import { pageProcess } from './page-process.ts';

let folder: string;
const taken = createServer();
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'garden-page-'));
  symlinkSync(join(import.meta.dirname, '../../../../node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'index.html'), '');
  await once(taken.listen(0, '127.0.0.1'), 'listening');
  ({ port } = taken.address() as AddressInfo);
});
afterAll(() => {
  taken.close();
  rmSync(folder, { recursive: true, force: true });
});

const configure = (server: object): void =>
  writeFileSync(join(folder, 'vite.config.js'), `export default ${JSON.stringify({ server })};`);

test('the port of the vite.config is used', async () => {
  const free = await freePorts();
  configure({ port: free, strictPort: true });
  const url = `http://127.0.0.1:${free}/`;
  expect(await pageProcess({}, folder)).toMatchObject({ url, detail: `Vite at ${url}` });
});

test('another port is used and named if that one is taken', async () => {
  configure({ port });
  const found = await pageProcess({}, folder);
  expect(found?.url).not.toContain(`:${port}/`);
  expect(found?.detail).toBe(`Vite at ${found?.url}, because port ${port} is in use`);
});

test('with strictPort, a port that is taken is an error', async () => {
  configure({ port, strictPort: true });
  await expect(pageProcess({}, folder)).rejects.toMatchObject({
    problem: {
      code: 'servers/port-taken',
      message: `port ${port} is needed for the page, but already in use.`,
      places: [{ file: join(folder, 'vite.config.js') }],
    },
  });
});
