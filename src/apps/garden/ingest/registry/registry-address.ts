/** Joins a path to the base address of a registry, with or without a trailing slash. */
export function addressOf(base: URL, path: string): URL {
  const address = new URL(base);
  address.pathname = `${base.pathname.replace(/\/$/, '')}/${path}`;
  return address;
}
