import { defineGarden } from '@techgarden/schema/config';

export default defineGarden({
  zero: { out: './src/zero' },
  dev: {
    server: './src/server.ts',
    principals: {
      Ada: { sub: '0190a5a0-0000-7000-8000-00000000ada0' },
      Ben: { sub: '0190a5a0-0000-7000-8000-00000000be00' },
    },
  },
});
