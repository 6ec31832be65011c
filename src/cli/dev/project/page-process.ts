import { extname } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { DevProcess } from '../../../command/dev-target.ts';
import { choosePorts, freePorts } from '../../../processes/free-ports.ts';
import { detectVite } from '../../../project/dev/detect-page.ts';
import { vitePorts, type VitePorts } from '../../../project/dev/vite-ports.ts';
import type { DevConfig } from '../../../project/config.ts';
import { ProblemError } from '../../../report/problem.ts';

const VITE_PORT = 5173;
const HIGHEST_PORT = 65_535;

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
  const ports = await vitePorts(vite, folder);
  const port = await vitePort(ports);
  const url = `http://127.0.0.1:${port}/`;
  const wanted = ports.port ?? VITE_PORT;
  return {
    name: 'page',
    command: [process.execPath, viteProgram, vite, folder, String(port)],
    url,
    detail: `Vite at ${url}${port === wanted ? '' : `, because port ${wanted} is in use`}`,
    prints: true,
  };
}

/** The port of the vite.config, or the next free one unless it sets `strictPort`. */
async function vitePort({ port, strictPort, file }: VitePorts): Promise<number> {
  const wanted = port ?? VITE_PORT;
  // Vite also accepts 0, for any free port.
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > HIGHEST_PORT) return freePorts();
  const chosen = await choosePorts('the page', undefined, wanted);
  if (chosen === wanted || strictPort !== true) return chosen;
  throw new ProblemError({
    code: 'servers/port-taken',
    message: `port ${wanted} is needed for the page, but already in use.`,
    ...(file !== undefined && { places: [{ file }] }),
    context: [`127.0.0.1:${wanted}`],
    fix: 'stop the process that uses it, or change server.port or server.strictPort in the vite.config.',
  });
}
