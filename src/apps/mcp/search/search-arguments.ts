import type { FunctionParameter } from '../../../kit/index.ts';

const optional = (name: string, type: string): FunctionParameter => ({
  name,
  type,
  default: 'null',
});

/** The parameters of search_packages(). All are optional. */
export const PARAMETERS: readonly FunctionParameter[] = [
  optional('words', 'text'),
  optional('in_language', 'text'),
  optional('any_tags', 'text[]'),
  optional('all_tags', 'text[]'),
  optional('for_path', 'text'),
  optional('has_metadata', 'jsonb'),
  optional('metadata_path', 'text[]'),
  optional('metadata_value', 'jsonb'),
  optional('in_category', 'uuid'),
  // mine, or all that the principal may read.
  { name: 'scope', type: 'text', default: "'mine'" },
  optional('after_rank', 'real'),
  optional('after_updated_at', 'timestamptz'),
  optional('after_id', 'uuid'),
  { name: 'page_size', type: 'integer', default: '20' },
  { name: 'page_offset', type: 'integer', default: '0' },
];

/** What an argument must not be, and the message. A client may leave out an argument, or send NULL. */
export const REFUSALS = [
  [
    '(page_size between 1 and 100 and page_offset between 0 and 10000) is not true',
    'page_size is between 1 and 100, and page_offset between 0 and 10000.',
  ],
  ["(scope in ('mine', 'all')) is not true", 'scope is mine or all.'],
  [
    'num_nulls(after_rank, after_updated_at, after_id) not in (0, 3)',
    'after_rank, after_updated_at and after_id belong together.',
  ],
  [
    'greatest(cardinality(any_tags), cardinality(all_tags), cardinality(metadata_path)) > 50',
    'any_tags, all_tags and metadata_path have at most 50 elements.',
  ],
  [
    'exists (select from unnest(any_tags || all_tags || metadata_path) one where one is null)',
    'any_tags, all_tags and metadata_path have no NULL elements.',
  ],
  ['length(for_path) > 4096', 'for_path has at most 4096 characters.'],
  [
    'greatest(octet_length(has_metadata::text), octet_length(metadata_value::text)) > 65536',
    'has_metadata and metadata_value have at most 65536 bytes.',
  ],
] as const;
