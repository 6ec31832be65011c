import { test } from 'vitest';
import { mutators } from './index.ts';

test('mutators accept rows with JSON', () => {
  mutators.rows.userProfiles.update({ id: 'a', preferences: { density: 'compact' } });
  // @ts-expect-error: a function is not JSON
  mutators.rows.userProfiles.update({ id: 'a', preferences: { density: () => 1 } });
});
