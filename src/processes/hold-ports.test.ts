import { expect, test } from 'vitest';
import { choosePorts, freePorts } from './free-ports.ts';
import { holdPorts } from './hold-ports.ts';

test('ports that are held are not chosen, and are free again after that', async () => {
  const first = await freePorts(4);
  const release = holdPorts(first, 2);
  expect(release).toBeDefined();
  expect(holdPorts(first + 1, 2)).toBeUndefined();
  expect(await choosePorts('it', undefined, first, 2)).toBe(first + 2);
  await expect(choosePorts('it', first, first, 2)).rejects.toThrow('already in use');
  release?.();
  expect(await choosePorts('it', first, first, 2)).toBe(first);
});

test('many are held with one listener for the end of the process', async () => {
  const before = process.listenerCount('exit');
  const release = holdPorts(await freePorts(20), 20);
  expect(process.listenerCount('exit')).toBeLessThanOrEqual(before + 1);
  release?.();
  expect(process.listenerCount('exit')).toBe(before);
});
