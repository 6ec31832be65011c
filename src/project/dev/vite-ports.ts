import { pathToFileURL } from 'node:url';

/** The settings of a vite.config that decide on the port. */
export interface VitePorts {
  readonly port?: number | undefined;
  readonly strictPort?: boolean | undefined;
  /** The config file, if there is one. */
  readonly file?: string | undefined;
}

interface Vite {
  loadConfigFromFile(
    env: { readonly command: 'serve'; readonly mode: string },
    configFile: undefined,
    root: string,
    logLevel: 'silent',
  ): Promise<{ readonly path: string; readonly config: { readonly server?: VitePorts } } | null>;
}

/** Reads the project's vite.config with its own Vite. */
export async function vitePorts(entry: string, folder: string): Promise<VitePorts> {
  const { loadConfigFromFile } = (await import(pathToFileURL(entry).href)) as Vite;
  const env = { command: 'serve', mode: 'development' } as const;
  // Vite itself reports a config with an error when it starts.
  const loaded = await loadConfigFromFile(env, undefined, folder, 'silent').catch(() => null);
  if (loaded === null) return {};
  const { port, strictPort } = loaded.config.server ?? {};
  return { port, strictPort, file: loaded.path };
}
