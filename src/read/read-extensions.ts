import type { Extension } from '../kit/index.ts';

/** The names of the extensions among the exports of a schema. */
export function readExtensions(exports: Record<string, unknown>): readonly string[] {
  return Object.values(exports)
    .filter(isExtension)
    .map(({ name }) => name);
}

function isExtension(value: unknown): value is Extension {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'extension'
  );
}
