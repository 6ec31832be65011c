import type { Extension } from '../kit/index.ts';

/** The extensions among the exports of a schema. */
export function readExtensions(exports: Record<string, unknown>): readonly Extension[] {
  return Object.values(exports).filter(isExtension);
}

function isExtension(value: unknown): value is Extension {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'extension'
  );
}
