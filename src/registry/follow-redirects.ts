import type { Response } from "../aws/connect/request-handler";
import { isLoopback } from "./auth-challenge";
import { RegistryError } from "./manifest-source";

/** What a host answered, and under which URL. */
export interface Answer extends Response {
  readonly url: URL;
}

/** As curl's `--max-redirs` for tools that fetch what is stored: a registry sends elsewhere once or twice. */
const MOST_REDIRECTS = 5;

/**
 * Asks, and asks again where the answer sends to. Credentials stay with the host that they are for.
 *
 * @param send - asks with the credentials that this host may see.
 */
export async function followed(
  url: URL,
  authorization: string | undefined,
  send: (url: URL, authorization: string | undefined) => Promise<Answer>,
): Promise<Answer> {
  let at = url;
  let allowed = authorization;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await send(at, allowed);
    const next = redirectOf(answer);
    if (next === undefined) return answer;
    answer.body.destroy();
    if (!isSafe(at, next))
      throw new RegistryError("rejected", `${at.host} sends elsewhere without TLS, to ${next.host}`);
    // Once gone it stays away: what the other host sends back to may not be what was asked for.
    if (next.origin !== at.origin) allowed = undefined;
    at = next;
  }
  throw new RegistryError("rejected", `${url.host} sends elsewhere more than ${MOST_REDIRECTS} times`);
}

function redirectOf({ url, status, headers }: Answer): URL | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined;
  if (!URL.canParse(location, url.href))
    throw new RegistryError("rejected", `${url.host} sends to what is no URL`);
  return new URL(location, url);
}

/** Only this machine is talked to without TLS, and only where that is what was asked. */
function isSafe(from: URL, to: URL): boolean {
  if (to.protocol === "https:") return true;
  return to.protocol === "http:" && from.protocol === "http:" && isLoopback(to.host);
}
