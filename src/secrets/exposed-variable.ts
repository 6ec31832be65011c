import { ProblemError } from '../report/problem.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Prefixes of the variables that a bundler writes into the scripts of a page, and its name. */
const EXPOSED: readonly (readonly [prefix: string, by: string])[] = [
  ['VITE_', 'Vite'],
  ['NEXT_PUBLIC_', 'Next.js'],
  ['REACT_APP_', 'Create React App'],
  ['EXPO_PUBLIC_', 'Expo'],
  ['NUXT_PUBLIC_', 'Nuxt'],
  ['GATSBY_', 'Gatsby'],
  ['VUE_APP_', 'Vue CLI'],
  ['BUN_PUBLIC_', 'Bun'],
  ['SNOWPACK_PUBLIC_', 'Snowpack'],
  ['PLASMO_PUBLIC_', 'Plasmo'],
  ['PREACT_APP_', 'Preact CLI'],
  ['NG_APP_', 'ngx-env for Angular'],
  ['STORYBOOK_', 'Storybook'],
  ['WXT_', 'WXT'],
  ['PUBLIC_', 'SvelteKit, Astro and Rsbuild'],
];

const exposerOf = (name: string): readonly [prefix: string, by: string] | undefined =>
  EXPOSED.find(([prefix]) => name.toUpperCase().startsWith(prefix));

/** Refuses to read keys from a variable that bundlers expose. */
export function refuseExposedName(name: string): void {
  const exposer = exposerOf(name);
  if (exposer) throw exposed(name, exposer, 'and everybody who opens the page could read the keys');
}

/**
 * Refuses a ring that a bundler exposes under another name: a variable such as VITE_GARDEN_KEYS, or
 * one that contains one of the keys.
 *
 * @param entries the ring's entries as text.
 */
export function refuseExposedKeys(
  env: Environment,
  names: readonly string[],
  entries: readonly string[],
): void {
  const keys = entries.map((entry) => entry.slice(entry.lastIndexOf(':') + 1));
  for (const [name, value = ''] of Object.entries(env)) {
    const exposer = exposerOf(name);
    if (exposer === undefined || value === '') continue;
    const [prefix] = exposer;
    const isRing = names.includes(name.slice(prefix.length).toUpperCase());
    if (isRing || keys.some((key) => value.includes(key))) {
      throw exposed(name, exposer, 'and it contains keys of the server');
    }
  }
}

const exposed = (
  name: string,
  [prefix, by]: readonly [string, string],
  consequence: string,
): ProblemError =>
  new ProblemError({
    code: 'secrets/exposed-variable',
    message: `${by} writes variables whose names start with ${prefix} into the scripts of the page, such as ${name}, ${consequence}.`,
    fix: 'remove the variable, and encrypt only on the server: keep the keys in GARDEN_KEYS or in the file of GARDEN_KEYS_FILE. If the page was published, replace the keys: `garden keys new`, `garden keys rotate`.',
  });
