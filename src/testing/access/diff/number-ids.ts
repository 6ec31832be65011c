import { exampleId, USER, type Scene } from './scene.ts';

const EXAMPLE_ID = /^00000000-0000-4000-8000-\d{12}$/;

/**
 * Numbers the ids of a scene in the order in which they appear, so that the examples of
 * several principals look the same. The user's own id stays.
 */
export function numberIds(scene: Scene, showsSame: (scene: Scene) => boolean): Scene {
  const numbers = new Map([[USER, USER]]);
  const renamed = structuredClone(scene);
  const rename = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, rename(one)]));
    }
    if (typeof value !== 'string' || !EXAMPLE_ID.test(value)) return value;
    if (!numbers.has(value)) numbers.set(value, exampleId(numbers.size + 1));
    return numbers.get(value);
  };
  const rows = [renamed.subject, ...Object.values(renamed.rows).flat(), renamed.after ?? {}];
  for (const row of new Set(rows)) Object.assign(row, rename(row));
  renamed.claims = rename(renamed.claims) as Scene['claims'];
  // A rule may name one of these ids, or compare their order.
  return showsSame(renamed) ? renamed : scene;
}
