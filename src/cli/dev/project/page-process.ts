import { extname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { DevProcess } from '../../../command/dev-target.ts';
import { choosePorts, freePorts } from '../../../processes/free-ports.ts';
import { detectVite } from '../../../project/dev/detect-page.ts';
import type { DevConfig } from '../../../project/config.ts';

const VITE_PORT = 5173;

const viteProgram = fileURLToPath(
  // TypeScript in the repository, JavaScript in the package.
  new URL(`./vite-program${extname(import.meta.filename)}`, import.meta.url),
);

/** The command of the project's page: the configured one, or Vite. */
export async function pageProcess(
  { command }: DevConfig,
  folder: string,
): Promise<DevProcess | undefined> {
  if (command === false) return undefined;
  if (command !== undefined) {
    const env = { PORT: String(await freePorts()) };
    return { name: 'page', command: [command], shell: true, env, detail: command, prints: true };
  }
  const vite = detectVite(folder);
  if (vite === undefined) return undefined;
  const port = await choosePorts('the page', undefined, VITE_PORT);
  const url = `http://127.0.0.1:${port}/`;
  return {
    name: 'page',
    command: [process.execPath, viteProgram, vite, folder, String(port)],
    url,
    detail: `Vite at ${url}`,
    prints: true,
  };
}
