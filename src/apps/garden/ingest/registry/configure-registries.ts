import type { Registry } from '../../tables/registry.ts';
import { ProblemError } from '../../../../report/problem.ts';
import { HttpClient } from '../http/http-client.ts';
import type { Limits } from '../http/limits.ts';
import { AptRegistry } from './apt.ts';
import { BrewRegistry } from './brew.ts';
import { defaultDocumentLimits, type DocumentLimits } from './document-limits.ts';
import { JsrRegistry } from './jsr.ts';
import { NpmRegistry } from './npm.ts';
import type { RegistryAdapter } from './registry-adapter.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Environment variables for the address of each registry. The first one that is set counts. */
export const registryVariables = {
  npm: ['NPM_REGISTRY_URL', 'npm_config_registry'],
  jsr: ['JSR_REGISTRY_URL', 'JSR_URL'],
  brew: ['BREW_API_URL', 'HOMEBREW_API_DOMAIN'],
  apt: ['APT_PACKAGES_URL'],
} as const satisfies Record<Registry, readonly string[]>;

/** The configured registries. Requests for other registries wait. */
export type Registries = ReadonlyMap<Registry, RegistryAdapter>;

/**
 * Creates a registry for each address in the environment. There are no default addresses.
 *
 * @example
 * const registries = configureRegistries({ NPM_REGISTRY_URL: 'https://registry.example/' });
 * console.log([...registries.keys()]); // [ 'npm' ]
 */
export function configureRegistries(
  env: Environment,
  limits: Partial<Limits & DocumentLimits> = {},
): Registries {
  const http = new HttpClient(limits);
  const documents = { ...defaultDocumentLimits, ...limits };
  const registries = new Map<Registry, RegistryAdapter>();
  const configure = (
    registry: Registry,
    make: (addresses: readonly URL[]) => RegistryAdapter,
  ): void => {
    const addresses = addressesOf(env, registryVariables[registry]);
    if (addresses.length > 0) registries.set(registry, make(addresses));
  };
  configure('npm', ([base]) => new NpmRegistry(base!, http, documents));
  configure('jsr', ([base]) => new JsrRegistry(base!, http, documents));
  configure('brew', ([base]) => new BrewRegistry(base!, http, documents));
  configure('apt', (lists) => new AptRegistry(lists, http, { limits: documents }));
  return registries;
}

function addressesOf(env: Environment, variables: readonly string[]): URL[] {
  const variable = variables.find((name) => (env[name] ?? '').trim() !== '');
  const text = variable === undefined ? '' : (env[variable] ?? '');
  return text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => readAddress(part, variable ?? ''));
}

function readAddress(text: string, variable: string): URL {
  const url = URL.parse(text);
  if (url !== null && (url.protocol === 'https:' || url.protocol === 'http:')) {
    if (url.username === '' && url.password === '') return url;
  }
  throw new ProblemError({
    // The message never contains the value, because it may contain a password.
    code: 'ingest/bad-address',
    message: `${variable} is not the address of a public registry: it must begin with https:// or http:// and must not contain a password.`,
    fix: `set ${variable} to the registry's base address, or unset it.`,
  });
}
