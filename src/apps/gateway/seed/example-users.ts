/** Ids of the example users, for the sign-in of `garden dev`. */
export const ADA = '00000000-0000-7000-8000-00000000000a';
export const BEN = '00000000-0000-7000-8000-00000000000b';
export const CLEO = '00000000-0000-7000-8000-00000000000c';
