import { isRecord } from './read-json.ts';

const KINDS = ['schemas', 'enums', 'sequences', 'roles', 'tables', 'views', 'policies'] as const;
const PARTS = ['columns', 'policies'] as const;

/**
 * The places where drizzle-kit asks whether something was renamed: wherever one object was
 * removed and another of its kind was added. Each is a line such as `public.note: columns
 * title → name`.
 */
export function renameQuestions(recorded: unknown, wanted: unknown): readonly string[] {
  const tables = [...namesIn(wanted, 'tables')].filter((name) =>
    namesIn(recorded, 'tables').has(name),
  );
  return [
    ...KINDS.flatMap((kind) => question(kind, recorded, wanted)),
    ...tables.flatMap((table) =>
      PARTS.flatMap((part) =>
        question(part, entry(recorded, 'tables', table), entry(wanted, 'tables', table)).map(
          (text) => `${table}: ${text}`,
        ),
      ),
    ),
  ];
}

function question(kind: string, recorded: unknown, wanted: unknown): readonly string[] {
  const before = namesIn(recorded, kind);
  const after = namesIn(wanted, kind);
  const gone = [...before].filter((name) => !after.has(name));
  const made = [...after].filter((name) => !before.has(name));
  if (gone.length === 0 || made.length === 0) return [];
  return [`${kind} ${gone.join(', ')} → ${made.join(', ')}`];
}

function namesIn(snapshot: unknown, kind: string): ReadonlySet<string> {
  const found = isRecord(snapshot) ? snapshot[kind] : undefined;
  return new Set(isRecord(found) ? Object.keys(found) : []);
}

function entry(snapshot: unknown, kind: string, name: string): unknown {
  const found = isRecord(snapshot) ? snapshot[kind] : undefined;
  return isRecord(found) ? found[name] : undefined;
}
