/** An anonymous block, in quotes that do not occur in it whatever names it holds. */
export function doBlock(body: string): string {
  let tag = '$$';
  for (let at = 1; body.includes(tag); at += 1) tag = `$block${at}$`;
  return `do ${tag}\n${body}\n${tag};`;
}
