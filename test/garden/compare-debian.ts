/** The order of Debian versions, step by step as the Debian policy (5.6.12) describes it. */
export function compareDebian(a: string, b: string): number {
  const [one, other] = [takeApart(a), takeApart(b)];
  if (one.epoch !== other.epoch) return one.epoch < other.epoch ? -1 : 1;
  return compareParts(one.upstream, other.upstream) || compareParts(one.revision, other.revision);
}

function takeApart(version: string): { epoch: bigint; upstream: string; revision: string } {
  const colon = version.indexOf(':');
  const rest = version.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  return {
    epoch: BigInt(colon < 0 ? '0' : version.slice(0, colon)),
    upstream: hyphen < 0 ? rest : rest.slice(0, hyphen),
    revision: hyphen < 0 ? '0' : rest.slice(hyphen + 1),
  };
}

function compareParts(a: string, b: string): number {
  let [left, right] = [a, b];
  while (left !== '' || right !== '') {
    const [signs, otherSigns] = [/^\D*/.exec(left)![0], /^\D*/.exec(right)![0]];
    for (let at = 0; at < Math.max(signs.length, otherSigns.length); at += 1) {
      const order = weight(signs[at]) - weight(otherSigns[at]);
      if (order !== 0) return Math.sign(order);
    }
    left = left.slice(signs.length);
    right = right.slice(otherSigns.length);
    const [digits, otherDigits] = [/^\d*/.exec(left)![0], /^\d*/.exec(right)![0]];
    const [number, otherNumber] = [BigInt(digits || '0'), BigInt(otherDigits || '0')];
    if (number !== otherNumber) return number < otherNumber ? -1 : 1;
    left = left.slice(digits.length);
    right = right.slice(otherDigits.length);
  }
  return 0;
}

function weight(sign: string | undefined): number {
  if (sign === undefined) return 0;
  if (sign === '~') return -1;
  return /[A-Za-z]/.test(sign) ? sign.charCodeAt(0) : sign.charCodeAt(0) + 256;
}
