import { defineGarden } from '@techgarden/schema/config';
import { ada, ben, eve } from './src/db/example-users.ts';

export default defineGarden({
  zero: { out: './src/zero' },
  seed: './seed.ts',
  dev: {
    server: './src/server.ts',
    principals: {
      'Ada, admin': { sub: ada },
      'Ben, member': { sub: ben },
      'Eve, not a member': { sub: eve },
    },
  },
});
