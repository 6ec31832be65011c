/**
 * Finds an entry of a Zero registry by a name such as `packages.search`. The name is
 * untrusted: it only matches the registry's own entries, never inherited object properties.
 */
export function findNamed<Found>(
  registry: object,
  name: string,
  is: (value: unknown) => value is Found,
): Found | undefined {
  let place: unknown = registry;
  for (const part of name.split('.')) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, part)) {
      return undefined;
    }
    place = Reflect.get(place, part);
  }
  return is(place) ? place : undefined;
}
