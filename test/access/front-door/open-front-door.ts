import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { testProject } from '../../../src/cli/generate/project.fixture.ts';
import { migrate } from '../../../src/migrations/index.ts';
import type { AccessRules } from '../../../src/model/rule.ts';
import type { Enforcer } from '../../../src/testing/access/enforcer.ts';
import {
  guardedReads,
  mutationGuardEnforcer,
} from '../../../src/testing/access/guard-enforcers.ts';
import { PostgresWorld } from '../../../src/testing/access/postgres-world.ts';
import { rlsEnforcer } from '../../../src/testing/access/rls-enforcer.ts';
import type { World } from '../../../src/testing/access/world.ts';
import { zeroOnPostgres } from '../../../src/testing/access/zero-server.ts';
import type { ClosingClient } from '../enforcers/all-enforcers.ts';
import { readingEnforcer } from '../enforcers/as-enforcer.ts';
import { policyStatements } from '../enforcers/rls.ts';
import { guardUpserts, withUpserts } from '../enforcers/upserts.ts';
import { zeroSqlite } from '../enforcers/zero-sqlite.ts';
import { probeRoles, probeWorld, type Probed } from './probe-world.ts';
import { schemaSource } from './schema-source.ts';

/** Worlds in a database that the generated migrations made. */
export interface FrontDoor {
  /** The generated rules, which the guards read. */
  readonly rules: AccessRules;
  readonly enforcers: readonly Enforcer[];
  /** Statements that the in-process path would run, and that no migration has. */
  readonly missingStatements: readonly string[];
  /** Asks what is not a question of the world. */
  probe(world: World): Promise<Probed>;
  close(): Promise<void>;
}

/**
 * The way of a user: writes the worlds as a schema, runs `garden generate`, and migrates.
 * The enforcers are the migrated database, and the guards with the rules of zero-rules.gen.ts.
 */
export async function openFrontDoor(
  worlds: readonly World[],
  client: ClosingClient & Parameters<typeof migrate>[0],
  covered: (item: string) => void,
): Promise<FrontDoor> {
  using project = testProject({
    'schema.ts': schemaSource(worlds),
    'garden.config.ts': 'export default { zero: {} };',
  });
  const { code, err, out } = await project.generate();
  if (code !== 0) throw new Error(`garden generate: ${err}${out}`);
  const file = join(project.folder, 'zero-rules.gen.ts');
  const { rules } = (await import(pathToFileURL(file).href)) as { rules: AccessRules };
  const statements = new Set(
    Object.entries(project.migrations())
      .filter(([name]) => name.endsWith('.sql'))
      .flatMap(([, sql]) => sql.split('--> statement-breakpoint'))
      .map(trimmed),
  );
  await migrate(client, { folder: join(project.folder, 'migrations') });
  const tables = worlds.flatMap((world) => world.tables);
  const postgres = new PostgresWorld(client, { existing: true });
  const sqlite = await zeroSqlite(tables);
  await client.exec(`begin; ${probeRoles(worlds)}`);
  return {
    rules,
    enforcers: [
      ...[
        withUpserts(
          rlsEnforcer('migrated policies', { postgres, role: 'app_user' }),
          client,
          covered,
        ),
        guardedReads('zero on migrated Postgres', await zeroOnPostgres(postgres, tables), postgres),
        readingEnforcer('zero on SQLite', sqlite),
        mutationGuardEnforcer(postgres),
        guardUpserts(postgres, covered),
      ].map((enforcer) => withRules(enforcer, rules)),
    ],
    missingStatements: policyStatements(together(worlds)).filter(
      (statement) => !statements.has(trimmed(statement)),
    ),
    async probe(world) {
      await postgres.enter(world);
      const probed = await probeWorld({ ...world, rules: { ...world.rules, ...rules } }, client);
      await postgres.leave();
      return probed;
    },
    async close() {
      await client.exec('rollback');
      await sqlite.close();
    },
  };
}

/** All worlds as one: equal functions of two worlds are one function. */
const together = (worlds: readonly World[]): World => {
  const [first] = worlds;
  if (!first) throw new TypeError('no worlds');
  const rules = worlds.map((world) => world.rules.tables);
  return {
    ...first,
    tables: worlds.flatMap(({ tables }) => tables),
    rules: { ...first.rules, tables: Object.assign({}, ...rules) as AccessRules['tables'] },
  };
};

/** A statement without the generator's comment. */
const trimmed = (statement: string): string =>
  statement
    .replace(/^-- Generated[^\n]*\n/, '')
    .trim()
    .replace(/;$/, '');

const generated = new WeakMap<World, World>();

/** An enforcer with the generated rules. All of them enter the same world. */
const withRules = (enforcer: Enforcer, rules: AccessRules): Enforcer => ({
  name: enforcer.name,
  enter(world) {
    const known = generated.get(world) ?? { ...world, rules };
    generated.set(world, known);
    return enforcer.enter(known);
  },
});
