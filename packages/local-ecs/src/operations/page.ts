import { invalidParameter } from "../server/aws-error";

export interface PageRequest {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** One page of a list. The token names the last item of the page before, so items that come or go in between do no harm. */
export function page(
  all: readonly string[],
  { maxResults = 100, nextToken }: PageRequest,
): { readonly items: readonly string[]; readonly nextToken: { readonly nextToken?: string } } {
  const start = nextToken === undefined ? 0 : startAfter(all, nextToken);
  const items = all.slice(start, start + maxResults);
  const last = items.at(-1);
  const hasMore = start + maxResults < all.length && last !== undefined;
  return { items, nextToken: hasMore ? { nextToken: encode(start + items.length, last) } : {} };
}

function startAfter(all: readonly string[], nextToken: string): number {
  const { index, last } = decode(nextToken);
  if (all[index - 1] === last) return index;
  const found = all.indexOf(last);
  return found === -1 ? Math.min(index, all.length) : found + 1;
}

function encode(index: number, last: string): string {
  return Buffer.from(JSON.stringify({ index, last })).toString("base64url");
}

function decode(nextToken: string): { readonly index: number; readonly last: string } {
  try {
    const token = JSON.parse(Buffer.from(nextToken, "base64url").toString("utf8")) as Record<string, unknown>;
    if (typeof token.index === "number" && typeof token.last === "string")
      return { index: token.index, last: token.last };
  } catch {
    // Not a token of this server: said below.
  }
  throw invalidParameter("Invalid token. Use the nextToken of the answer before, unchanged.");
}
