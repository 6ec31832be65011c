import { parse } from 'yaml';
import { projectFile } from '../docs-examples/doc-blocks.ts';

/** A service of a compose file. */
export interface Service {
  readonly image?: string;
  readonly command?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly healthcheck?: { readonly test: string };
  readonly depends_on?: Readonly<Record<string, unknown>> | readonly string[];
}

export type Services = Readonly<Record<string, Service>>;

/** The services of a compose file in docs/deploy.md. */
export function servicesOf(file: string): Services {
  const { services } = parse(projectFile('docs/deploy.md', file)) as { services: Services };
  return services;
}

/** The second file over the first one, as `docker compose -f ONE -f TWO` merges them. */
export function merged(first: Services, second: Services): Services {
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [one, two] = [first[name], second[name]];
      const environment = { ...one?.environment, ...two?.environment };
      return [name, { ...one, ...two, environment }];
    }),
  );
}

/** Host and port of the services, as other services address them, and on this machine. */
export type Addresses = ReadonlyMap<string, number>;

/**
 * The variables of a service on this machine: with the values of `.env`, with its own port, and
 * with the ports of the services that it names.
 */
export function environmentOf(
  name: string,
  { environment = {} }: Service,
  values: Readonly<Record<string, string>>,
  addresses: Addresses,
): Record<string, string> {
  const fill = (text: string): string =>
    text.replaceAll(/\$\{(\w+)\}/g, (_, variable: string) => {
      const value = values[variable];
      if (value === undefined) throw new Error(`.env of docs/deploy.md has no ${variable}`);
      return value;
    });
  const address = (text: string): string =>
    text.replaceAll(/(?<=\/\/|@)([\w-]+):(\d+)(?=\/|$)/g, (found) => {
      const port = addresses.get(found);
      if (port === undefined) throw new Error(`${name} names ${found}, which nobody listens on`);
      return `127.0.0.1:${port}`;
    });
  return Object.fromEntries(
    Object.entries(environment).map(([key, value]) => {
      const own = key.endsWith('PORT') ? addresses.get(`${name}:${value}`) : undefined;
      return [key, own === undefined ? fill(address(String(value))) : String(own)];
    }),
  );
}
