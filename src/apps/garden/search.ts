import { extension, type Extension } from '../../kit/index.ts';

/** Trigrams: a search that forgives typing errors. */
export const trigrams: Extension = /* @__PURE__ */ extension('pg_trgm');
