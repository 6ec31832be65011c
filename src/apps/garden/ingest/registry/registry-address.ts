/** An address below a registry's base, whether that ends in a slash or not. */
export function addressOf(base: URL, path: string): URL {
  const address = new URL(base);
  address.pathname = `${base.pathname.replace(/\/$/, '')}/${path}`;
  return address;
}
