/**
 * Rules are checked when the schema is generated and tested, not in the browser: the
 * `browser` field of package.json replaces refuse-unsound.ts with this file.
 */
export function refuseUnsound(): readonly [] {
  return [];
}
