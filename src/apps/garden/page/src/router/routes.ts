import { registries, type Registry } from '@techgarden/schema';

/** A page and its parameters. */
export type Route =
  | { readonly page: 'browse' }
  | { readonly page: 'package'; readonly registry: Registry; readonly name: string }
  | { readonly page: 'requests' }
  | { readonly page: 'admin'; readonly tab: AdminTab }
  | { readonly page: 'not-found' };

export const adminTabs = ['queue', 'deleted', 'tags'] as const;
export type AdminTab = (typeof adminTabs)[number];

export function routeOf({ pathname }: URL): Route {
  if (pathname === '/') return { page: 'browse' };
  if (pathname === '/requests') return { page: 'requests' };
  const [, first, second = '', ...rest] = pathname.split('/');
  if (first === 'admin' && rest.length === 0) {
    const tab = adminTabs.find((one) => one === (second || 'queue'));
    if (tab) return { page: 'admin', tab };
  }
  const registry = registries.find((one) => one === second);
  const name = decode(rest.join('/'));
  if (first === 'package' && registry && name) return { page: 'package', registry, name };
  return { page: 'not-found' };
}

/** Path of a package page. A name such as `@scope/name` keeps its slash. */
export const packageHref = (registry: string, name: string, version?: string): string =>
  `/package/${registry}/${name.split('/').map(encodeURIComponent).join('/')}${
    version === undefined ? '' : `?version=${encodeURIComponent(version)}`
  }`;

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
