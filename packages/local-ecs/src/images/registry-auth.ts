/** What a registry asks for when it answers 401. */
export interface Challenge {
  /** In lower case: `basic`, `bearer`. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1, of which a registry sends one challenge */
export function parseChallenge(header: string): Challenge {
  const [, scheme = "", rest = ""] = /^\s*(\S+)\s*(.*)$/s.exec(header) ?? [];
  const pairs = [...rest.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]*))/g)];
  return {
    scheme: scheme.toLowerCase(),
    parameters: Object.fromEntries(
      pairs.map(([, name = "", quoted, plain = ""]) => [
        name.toLowerCase(),
        quoted?.replace(/\\(.)/g, "$1") ?? plain,
      ]),
    ),
  };
}

export function basicAuthorization({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** Where a token is to be had. @see https://distribution.github.io/distribution/spec/auth/token/ (read 2026-11) */
export function tokenUrl({ parameters: { realm = "", service, scope } }: Challenge, path: string): URL {
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scope ?? `repository:${path}:pull`);
  return url;
}

/** Plain HTTP is for registries on this machine only. */
export function isLoopback(host: string): boolean {
  return /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/.test(host);
}

/** The credentials in `auths` of a `config.json` of Docker's; helpers are not asked. */
export function credentialsIn(dockerConfig: string, host: string): Credentials | undefined {
  const { auths = {} } = parse(dockerConfig);
  const names =
    host === "registry-1.docker.io"
      ? ["https://index.docker.io/v1/", "docker.io"]
      : [host, `https://${host}`];
  const auth = names.map((name) => auths[name]?.auth).find((found) => found !== undefined);
  if (auth === undefined) return undefined;
  const [username = "", ...password] = Buffer.from(auth, "base64").toString("utf8").split(":");
  return { username, password: password.join(":") };
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string }>>;
}

function parse(dockerConfig: string): DockerConfig {
  try {
    return JSON.parse(dockerConfig) as DockerConfig;
  } catch {
    // The parser's own words quote what is around the mistake: credentials.
    throw new Error("the Docker configuration is not valid JSON");
  }
}
