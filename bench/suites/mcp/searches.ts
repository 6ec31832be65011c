import type { PackageSearch } from '../../../src/apps/mcp/server/index.ts';
import type { Sample } from './with-packages.ts';

type Search = (sample: Sample) => PackageSearch;

/** Searches in the packages of one user: each condition, several of them, and the pages. */
export const ownSearches: Readonly<Record<string, Search>> = {
  'last changed': () => ({}),
  'the page at an offset': () => ({ offset: 40 }),
  language: ({ language }) => ({ language }),
  'any of two tags': ({ tag, otherTag }) => ({ anyTags: [tag, otherTag] }),
  'all of two tags': ({ tag, otherTag }) => ({ allTags: [tag, otherTag] }),
  'file pattern': ({ path }) => ({ path }),
  'metadata that contain a value': ({ framework }) => ({ metadata: { framework } }),
  'metadata at a path': ({ tabs }) => ({ metadataAt: { path: ['editor', 'tabs'], value: tabs } }),
  category: ({ category }) => ({ categoryId: category }),
  words: ({ word, nameWord }) => ({ words: `${word} ${nameWord}` }),
  'the start of a word': ({ word }) => ({ words: word.slice(0, 3) }),
  'words, language and tag': ({ word, language, tag }) => ({
    words: word,
    language,
    anyTags: [tag],
  }),
};

/** Searches in everything that a user may read, by conditions with an index. */
export const widerSearches: Readonly<Record<string, Search>> = {
  'last changed': () => ({ scope: 'all' }),
  language: ({ language }) => ({ scope: 'all', language }),
  'any of two tags': ({ tag, otherTag }) => ({ scope: 'all', anyTags: [tag, otherTag] }),
  'all of two tags': ({ tag, otherTag }) => ({ scope: 'all', allTags: [tag, otherTag] }),
  'metadata that contain a value': ({ framework }) => ({ scope: 'all', metadata: { framework } }),
  words: ({ word, nameWord }) => ({ scope: 'all', words: `${word} ${nameWord}` }),
  'one word': ({ word }) => ({ scope: 'all', words: word }),
  'the start of a word': ({ word }) => ({ scope: 'all', words: word.slice(0, 3) }),
};
