import { join } from 'node:path';
import { gardenApp } from '../../apps/garden/app.ts';
import { recordIo } from '../../command/record-io.fixture.ts';
import { findRing } from '../../secrets/find-ring.ts';
import type { KeyRing } from '../../secrets/key-ring.ts';
import { unlockRing } from '../../secrets/open-key-ring.ts';
import { commandsOf } from '../commands.ts';
import { kit } from '../generate/project.fixture.ts';
import { projectFolder, type ProjectFolder } from '../project-folder.fixture.ts';
import { run } from '../run.ts';

/** The table of the project, as the migration creates it. */
export const TABLE = `create table providers (
  id uuid primary key,
  api_key text,
  note text,
  constraint providers_api_key_check
    check (api_key ~ '^g1\\.[0-9]{8}-[0-9a-f]{8}\\.[A-Za-z0-9_-]+$'))`;

const SCHEMA = `
import { text } from 'drizzle-orm/pg-core';
import { encrypted, id, isEncrypted, pgTable } from ${kit};
export const providers = pgTable('providers', {
  id: id(), apiKey: encrypted('api_key'), note: text('note'),
}, (t) => [isEncrypted(t.apiKey)]);
`;

/** The name that the ciphertexts of the table are bound to. */
export const PLACE = 'public.providers.api_key';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface KeysProject extends Pick<ProjectFolder, 'folder' | 'remove' | 'writeDatabase'> {
  readonly ringFile: string;
  /** Runs `garden keys` in it. */
  keys(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** The ring in the file. */
  ring(): Promise<KeyRing>;
}

/** A project with an encrypted column. */
export function keysProject(files: Readonly<Record<string, string>> = {}): KeysProject {
  const project = projectFolder(
    `{ dialect: 'postgresql', schema: './schema.ts', out: './sql', driver: 'pglite', dbCredentials: { url: './own' } }`,
    { 'sql/0000_a.sql': TABLE, 'schema.ts': SCHEMA, ...files },
  );
  const { folder } = project;
  const ringFile = join(folder, 'keys.txt');
  return {
    ...project,
    ringFile,
    async keys(args, env = {}) {
      const io = recordIo({ cwd: folder, env });
      const code = await run(['keys', ...args], io, { commands: commandsOf([gardenApp]) });
      return { code, out: io.out(), err: io.err() };
    },
    ring: () => unlockRing(findRing({ file: ringFile, env: {} }), undefined),
  };
}
