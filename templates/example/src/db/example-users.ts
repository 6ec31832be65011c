/** The users of the seed, and of the sign-in page of `garden dev`. */
export const ada = '0190a5a0-0000-7000-8000-00000000ada0';
export const ben = '0190a5a0-0000-7000-8000-00000000be00';
export const eve = '0190a5a0-0000-7000-8000-0000000000e0';
