/**
 * An address that is safe in a link: it cannot be a `javascript:` URL, and cannot close an
 * HTML attribute. Workers rewrite `git+https:` and `git@` addresses before storing them.
 */
export const webAddress = /^https?:\/\/[^\u0001-\u0020\u007f"<>]+$/;

/** Maximum length of an address. */
export const MAX_ADDRESS = 2048;
