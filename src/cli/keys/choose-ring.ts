import { resolve } from 'node:path';
import type { CommandContext } from '../../command/command.ts';
import { loadGardenConfig } from '../../project/load-garden-config.ts';
import { loadSettingModule } from '../../project/load-setting-module.ts';
import { newSeen } from '../../project/seen.ts';
import { ProblemError } from '../../report/problem.ts';
import {
  findRing,
  ringFile,
  VARIABLE,
  type FoundRing,
  type RingPlace,
} from '../../secrets/find-ring.ts';
import type { KeyService } from '../../secrets/key-ring.ts';

/** The key ring of a command: from `--file`, `--variable` or the environment. */
export function chooseRing(context: CommandContext): FoundRing {
  return findRing({ ...placeOf(context), file: chooseRingFile(context) });
}

/** The file of the ring; undefined if the ring is in a variable, or if there is none. */
export function chooseRingFile(context: CommandContext): string | undefined {
  const { cwd } = context.io;
  const file = context.text('file') ?? ringFile(placeOf(context));
  return file === undefined ? undefined : resolve(cwd, file);
}

/** The file of the ring, for commands that can only change a file. */
export function requireRingFile(context: CommandContext): string {
  const file = chooseRingFile(context);
  if (file !== undefined) return file;
  const { variable = VARIABLE } = placeOf(context);
  throw new ProblemError({
    code: 'secrets/not-a-file',
    message: `the key ring is not in a file, and a command cannot change the variable ${variable}.`,
    fix: `edit ${variable} yourself: its first entry encrypts. Or keep the ring in a file: --file FILE, or ${variable}_FILE.`,
  });
}

const placeOf = ({ io, text }: CommandContext): RingPlace => ({
  env: io.env,
  variable: text('variable'),
});

/** The service that garden.config.ts of a folder names; undefined if it names none. */
export async function loadKeyService(folder: string): Promise<KeyService | undefined> {
  const { config } = await loadGardenConfig(folder, newSeen());
  if (config.kms === undefined) return undefined;
  const { exports, name, place } = await loadSettingModule(folder, 'kms', {
    code: 'secrets/no-kms',
    fix: "set kms: './kms.ts' there.",
  });
  const service = exports['default'];
  if (isKeyService(service)) return service;
  throw new ProblemError({
    code: 'secrets/no-kms',
    message: `${name} does not export a key management service as default.`,
    places: [place],
    fix: 'export default an object with the functions wrap(key, keyId) and unwrap(wrapped, keyId), the type KeyService of @techgarden/schema/server.',
  });
}

const isKeyService = (value: unknown): value is KeyService =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'wrap') === 'function' &&
  typeof Reflect.get(value, 'unwrap') === 'function';
