/** What a registry asks for when it answers 401. */
export interface AuthChallenge {
  /** In lower case. */
  readonly scheme: string;
  /** By their names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /([!#$%&'*+.^`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))/g;

/**
 * Reads a WWW-Authenticate header with one challenge.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1
 */
export function readChallenge(header: string): AuthChallenge {
  const space = header.trim().search(/\s|$/);
  const rest = header.trim().slice(space);
  const parameters = [...rest.matchAll(PARAMETER)].map(
    ([, name = "", quoted, token = ""]) =>
      [name.toLowerCase(), quoted?.replace(/\\(.)/g, "$1") ?? token] as const,
  );
  return { scheme: header.trim().slice(0, space).toLowerCase(), parameters: new Map(parameters) };
}

/**
 * Where the token is to be had that a Bearer challenge asks for; `undefined` when the challenge says no place, or one
 * where a password would go over the network in the clear.
 *
 * @param path - the repository that is to be read.
 * @see https://distribution.github.io/distribution/spec/auth/token/
 */
export function tokenUrl({ parameters }: AuthChallenge, path: string): URL | undefined {
  const realm = parameters.get("realm");
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.host))) return undefined;
  const service = parameters.get("service");
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", parameters.get("scope") ?? `repository:${path}:pull`);
  return url;
}

/** Whether a host, with or without a port, is this machine: the only one that is talked to without TLS. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host);
}
