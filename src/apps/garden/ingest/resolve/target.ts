import type { Registry } from '../../tables/registry.ts';

/** A package of the garden, as a dependency means it. */
export interface Target {
  readonly registry: Registry;
  readonly name: string;
}

const NPM = 'npm:';

/** The package that a dependency's name means: packages of JSR write `npm:react` for one of npm. */
export function targetOf(registry: Registry, dependencyName: string): Target {
  return registry === 'jsr' && dependencyName.startsWith(NPM)
    ? { registry: 'npm', name: dependencyName.slice(NPM.length) }
    : { registry, name: dependencyName };
}

/** The names under which dependencies mean a package, by the registry of those who depend. */
export function namesOf({ registry, name }: Target): readonly Target[] {
  const own = { registry, name };
  return registry === 'npm' ? [own, { registry: 'jsr', name: NPM + name }] : [own];
}

/** One text for a target, for maps. */
export const keyOf = ({ registry, name }: Target): string => `${registry} ${name}`;
