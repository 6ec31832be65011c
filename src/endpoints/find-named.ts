/**
 * What stands in a registry of Zero's under a name such as `packages.search`. The
 * name comes from outside: it finds what the registry itself holds, and nothing that
 * every object inherits.
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
