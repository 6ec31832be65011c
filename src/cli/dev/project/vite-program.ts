import process from 'node:process';
import { pathToFileURL } from 'node:url';

// A separate program: the development server of Vite for a folder, with the user's config.

interface Vite {
  createServer(config: object): Promise<{
    listen(): Promise<unknown>;
    close(): Promise<void>;
    printUrls(): void;
  }>;
}

const [entry = '', root = '', port = ''] = process.argv.slice(2);
const { createServer } = (await import(pathToFileURL(entry).href)) as Vite;
const server = await createServer({
  root,
  clearScreen: false,
  server: {
    host: '127.0.0.1',
    port: Number(port),
    strictPort: true,
    // Postgres writes thousands of files there.
    watch: { ignored: ['**/.garden/**'] },
  },
});
process.on('SIGTERM', () => void server.close().finally(() => process.exit()));
await server.listen();
server.printUrls();
