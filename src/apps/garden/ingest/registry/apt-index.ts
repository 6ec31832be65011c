import { createHash } from 'node:crypto';
import { splitRelations, readAlternatives } from './apt-relations.ts';

/** The stanza fields in use. */
export type AptStanza = ReadonlyMap<string, string>;

const FIELDS = new Set([
  'Package',
  'Version',
  'Depends',
  'Pre-Depends',
  'Recommends',
  'Suggests',
  'Provides',
  'Description',
  'Homepage',
  'Vcs-Browser',
]);

const NEWLINE = 0x0a;
/** Limit for a line and for the fields of a package. Real archives are far below it. */
const LONGEST = 1024 * 1024;

/**
 * The packages of an archive. The text is kept in a few large buffers outside the heap: the 60,000
 * packages of Debian take about 25 MB.
 */
export class AptIndex {
  readonly #stanzas = new Map<string, Uint8Array[]>();
  readonly #providers = new Map<string, string[]>();

  get size(): number {
    return this.#stanzas.size;
  }

  has(name: string): boolean {
    return this.#stanzas.has(name);
  }

  /** The real packages that provide a virtual one. */
  providersOf(name: string): readonly string[] {
    return this.#providers.get(name) ?? [];
  }

  stanzasOf(name: string): AptStanza[] {
    return (this.#stanzas.get(name) ?? []).map((bytes) =>
      readStanza(Buffer.from(bytes).toString()),
    );
  }

  /** Changes if any used field of the package changes. */
  fingerprintOf(name: string): string {
    const hash = createHash('sha256');
    for (const bytes of this.#stanzas.get(name) ?? []) hash.update(bytes).update('\n\n');
    return hash.digest('base64url');
  }

  add(text: string): void {
    const stanza = readStanza(text);
    const name = stanza.get('Package');
    if (name === undefined || !stanza.has('Version')) return;
    push(this.#stanzas, name, Buffer.from(text));
    for (const { name: virtual } of splitRelations(stanza.get('Provides') ?? '').flatMap(
      readAlternatives,
    )) {
      const known = this.#providers.get(virtual);
      if (known?.includes(name) !== true) push(this.#providers, virtual, name);
    }
  }
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function readStanza(text: string): AptStanza {
  return new Map(
    text.split(/\n(?! )/).flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
    }),
  );
}

/** Reads a `Packages` file as a stream. Keeps only the used fields of each stanza. */
export async function readAptIndex(
  body: AsyncIterable<Uint8Array>,
  index: AptIndex,
  refuse: (message: string) => Error,
): Promise<void> {
  let rest: Uint8Array = new Uint8Array();
  let stanza = '';
  let keeping = false;
  let lines = 0;
  const take = (line: string): void => {
    if (stanza.length > LONGEST) throw refuse('the package list has a stanza that is too long.');
    if (line.trim() === '') {
      if (stanza !== '') index.add(stanza);
      stanza = '';
      keeping = false;
      return;
    }
    lines += 1;
    if (/^[ \t]/.test(line)) {
      if (keeping) stanza += `\n ${line.trim()}`;
      return;
    }
    const field = line.slice(0, Math.max(0, line.indexOf(':')));
    if (field === '') throw refuse(`line ${lines} of the package list has no field name.`);
    keeping = FIELDS.has(field);
    if (keeping) stanza += `${stanza === '' ? '' : '\n'}${line}`;
  };
  for await (const chunk of body) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, from)) {
      take(
        Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from)
          .toString()
          .replace(/\r$/, ''),
      );
      from = end + 1;
    }
    rest = bytes.subarray(from);
    if (rest.length > LONGEST) throw refuse('the package list has a line that is too long.');
  }
  if (rest.length > 0) take(Buffer.from(rest).toString());
  take('');
}
