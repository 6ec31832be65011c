import { MAX_ADDRESS, webAddress } from '../../tables/web-address.ts';

/**
 * Hosts with a short form, such as `github:user/project`. A path without a prefix refers to GitHub.
 */
const SHORT: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
  gist: 'gist.github.com',
};

/** A valid web address, or `null`. */
export function webAddressOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text.length <= MAX_ADDRESS && webAddress.test(text) && URL.canParse(text) ? text : null;
}

/**
 * The web address of a repository. Manifests use `git+https://…`, `git@host:user/project`,
 * `git://…` and `user/project`.
 */
export function repositoryAddress(value: unknown): string | null {
  const given = typeof value === 'object' && value !== null && 'url' in value ? value.url : value;
  if (typeof given !== 'string') return null;
  const text = given.trim();
  const short = /^(?:(github|gitlab|bitbucket|gist):)?([\w.-]+\/[\w.-]+|(?<=gist:)\w+)$/.exec(text);
  if (short) return webAddressOf(`https://${SHORT[short[1] ?? 'github']}/${short[2]}`);
  const path = /^(?:ssh:\/\/)?(?:git\+ssh:\/\/)?git@([\w.-]+)[:/](.+)$/.exec(text);
  const web =
    path === null
      ? text
          .replace(/^(?:git\+)?(?=https?:\/\/)/, '')
          .replace(/^(?:git|git\+ssh|ssh):\/\//, 'https://')
      : `https://${path[1]}/${path[2]}`;
  const url = URL.parse(web);
  if (url === null) return null;
  url.username = '';
  url.password = '';
  return webAddressOf(url.href.replace(/\.git(?=$|#|\?)/, ''));
}
