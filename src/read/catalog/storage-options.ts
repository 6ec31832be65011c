/** Parses storage parameters, which Postgres stores as `fillfactor=70`. */
export function storageOptions(options: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.map((option) => {
      const at = option.indexOf('=');
      return [option.slice(0, at), option.slice(at + 1)];
    }),
  );
}
