import type { Claims } from '../../model/rule.ts';

export interface SignInPageOptions {
  /** The name of the project. */
  readonly title: string;
  /** Claims by name, offered as buttons. */
  readonly principals: Readonly<Record<string, Claims>>;
}

interface Shown extends SignInPageOptions {
  readonly nonce: string;
  /** The page that receives the token; without it, the token is shown. */
  readonly back: string | undefined;
}

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 34rem; margin: 3rem auto; padding: 0 1rem }
  h1 { font-size: 1.3rem }
  button { font: inherit; padding: .4rem .8rem; margin: 0 .4rem .4rem 0; cursor: pointer }
  textarea, output { box-sizing: border-box; width: 100%; font: 14px/1.5 ui-monospace, monospace }
  textarea { height: 9rem }
  output { display: block; overflow-wrap: anywhere; white-space: pre-wrap }
  .note { opacity: .7; font-size: .9rem }
`;

const SCRIPT = `
  const { principals, back } = JSON.parse(document.getElementById('data').textContent);
  const editor = document.querySelector('textarea');
  const output = document.querySelector('output');
  const show = (claims) => { editor.value = JSON.stringify(claims, null, 2) };
  const go = (fragment) => {
    const url = new URL(back);
    url.hash = fragment;
    location.assign(url);
  };
  const signIn = async (body) => {
    const answer = await fetch(location.pathname, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body,
    });
    const { token, claims, error } = await answer.json();
    if (error) output.textContent = error;
    else if (back) go(new URLSearchParams({ token, claims: JSON.stringify(claims) }));
    else output.textContent = token;
  };
  const names = document.getElementById('principals');
  for (const [name, claims] of Object.entries(principals)) {
    const button = document.createElement('button');
    button.textContent = name;
    button.onclick = () => { show(claims); signIn(JSON.stringify(claims)) };
    names.append(button);
  }
  show(Object.values(principals)[0] ?? { sub: crypto.randomUUID(), roles: [] });
  document.getElementById('sign-in').onclick = () => signIn(editor.value);
  const out = document.getElementById('sign-out');
  if (back) out.onclick = () => go('token=&claims=');
  else out.remove();
`;

/** The page that signs in as a named principal, or with any claims. */
export function signInPage({ title, principals, nonce, back }: Shown): string {
  const data = JSON.stringify({ principals, back }).replaceAll('<', String.raw`\u003c`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sign in to ${escapeHtml(title)}</title>
<style nonce="${nonce}">${STYLE}</style>
<h1>Sign in to ${escapeHtml(title)}</h1>
<div id="principals"></div>
<p><label>Claims of the token<textarea spellcheck="false"></textarea></label></p>
<button id="sign-in">Sign in with these claims</button>
<button id="sign-out">Continue as an anonymous visitor</button>
<output></output>
<p class="note">Anyone on this machine can sign in as anyone. This page is part of garden dev, and does not exist in production.</p>
<script nonce="${nonce}" type="application/json" id="data">${data}</script>
<script nonce="${nonce}" type="module">${SCRIPT}</script>
`;
}

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
