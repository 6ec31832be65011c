import { test } from 'vitest';
import { mutators } from './index.ts';

test('mutators accept rows with JSON', () => {
  mutators.rows.packages.update({ id: 'a', metadata: { team: 'b', sizes: [1, 2] } });
  // @ts-expect-error: a function is not JSON
  mutators.rows.packages.update({ id: 'a', metadata: { team: () => 'b' } });
});
