import { defineGarden } from '@techgarden/schema/config';

export default defineGarden({
  // The Zero schema, the rules and the checks are written into this folder.
  zero: { out: './src/zero' },
  dev: {
    // Users of the sign-in page of `garden dev`: the claims of their tokens.
    principals: {
      Ada: { sub: '0190a5a0-0000-7000-8000-00000000ada0' },
      Ben: { sub: '0190a5a0-0000-7000-8000-00000000be00' },
    },
  },
});
