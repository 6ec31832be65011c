import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { GardenConfig } from '../../config.ts';
import { nearestName } from '../../nearest-name.ts';
import { ProblemError } from '../../problem.ts';
import { loadModules } from './load-modules.ts';

const NAMES = ['garden.config.ts', 'garden.config.js', 'garden.config.mjs'];

const PARTS = ['zero'];
const ZERO = [
  'out',
  'importEnding',
  'rulesType',
  'only',
  'tables',
  'relations',
  'manyToMany',
  'defaults',
  'publication',
];

export interface LoadedConfig {
  readonly config: GardenConfig;
  /** The file, where there is one. */
  readonly inputs: readonly string[];
}

/** Loads garden.config.ts, if it stands beside the drizzle-kit config. */
export async function loadGardenConfig(folder: string): Promise<LoadedConfig> {
  const file = NAMES.map((name) => join(folder, name)).find((name) => existsSync(name));
  if (file === undefined) return { config: {}, inputs: [] };
  const { modules, inputs } = await loadModules([file]);
  const config = modules[0]?.['default'];
  if (!isRecord(config)) throw wrong(file, 'it has no default export that is an object.');
  refuseUnknown(file, '', config, PARTS);
  const { zero } = config;
  if (zero !== undefined && !isRecord(zero)) throw wrong(file, '`zero` is no object.');
  if (zero !== undefined) refuseUnknown(file, 'zero.', zero, ZERO);
  return { config: config as GardenConfig, inputs };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function refuseUnknown(
  file: string,
  at: string,
  settings: Record<string, unknown>,
  known: readonly string[],
): void {
  const name = Object.keys(settings).find((one) => !known.includes(one));
  if (name === undefined) return;
  const nearest = nearestName(name, known);
  throw wrong(
    file,
    `it says ${at}${name}, which is no setting.`,
    nearest === undefined ? `it has: ${known.join(', ')}.` : `did you mean ${at}${nearest}?`,
  );
}

const wrong = (
  file: string,
  what: string,
  fix = "write export default defineGarden({ … }), from '@techgarden/schema/config'.",
): ProblemError =>
  new ProblemError({
    code: 'generate/garden-config',
    message: `garden.config is not usable: ${what}`,
    at: [file],
    fix,
  });
