import type { Registry } from '../../tables/registry.ts';

/** A package that a dependency refers to. */
export interface Target {
  readonly registry: Registry;
  readonly name: string;
}

const NPM = 'npm:';

/**
 * The package that a dependency name refers to. JSR packages use `npm:react` for a package of npm.
 */
export function targetOf(registry: Registry, dependencyName: string): Target {
  return registry === 'jsr' && dependencyName.startsWith(NPM)
    ? { registry: 'npm', name: dependencyName.slice(NPM.length) }
    : { registry, name: dependencyName };
}

/** The names by which dependencies refer to a package, with the registry of the dependent. */
export function namesOf({ registry, name }: Target): readonly Target[] {
  const own = { registry, name };
  return registry === 'npm' ? [own, { registry: 'jsr', name: NPM + name }] : [own];
}

/** Map key of a target. */
export const keyOf = ({ registry, name }: Target): string => `${registry} ${name}`;
