import type { Suite } from '../frame/suite.ts';

export const suite: Suite = {
  name: 'secrets',
  summary:
    'encryption against bare node:crypto; rotation of keys against one UPDATE, and its memory',
  async *run(context) {
    const { measureCipher } = await import('./secrets/measure-cipher.ts');
    yield* measureCipher(context);
    const { measureRotation } = await import('./secrets/measure-rotation.ts');
    yield* measureRotation(context);
  },
};
