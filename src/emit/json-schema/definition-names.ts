/** Names of the definitions. Each one is a good class name, and used once. */
export class DefinitionNames {
  readonly #taken = new Set<string>();

  /**
   * The names of a group, such as the insert, update and select of a table. If one of them
   * is taken, all get the same number.
   */
  take<Suffix extends string>(
    parts: readonly string[],
    suffixes: readonly Suffix[],
  ): Readonly<Record<Suffix, string>> {
    const base = className(parts);
    for (let number = 1; ; number += 1) {
      const stem = number === 1 ? base : `${base}${number}`;
      const names = suffixes.map((suffix) => [suffix, `${stem}${suffix}`] as const);
      if (names.some(([, name]) => this.#taken.has(name))) continue;
      for (const [, name] of names) this.#taken.add(name);
      return Object.fromEntries(names) as Record<Suffix, string>;
    }
  }
}

/** `package_versions` and `packageVersions` as `PackageVersions`. */
function className(parts: readonly string[]): string {
  const words = parts.flatMap((part) => part.match(/[\p{L}\p{N}]+/gu) ?? []);
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^\p{L}/u.test(name) ? name : `T${name}`;
}
