import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { proxiesOf, type Proxy } from "./proxies";
import { trustedRoots } from "./trusted-roots";

/** More than the calls that may be sent at once (`PacedEcsGateway`), so that none waits for a free connection. */
const SOCKETS = 100;

/** Where a request goes. */
export type Target = Pick<URL, "hostname" | "port" | "protocol">;

export interface Agents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/** How connections are made on this machine. */
export interface Connections {
  readonly direct: Agents;
  /** The proxies of the environment, where it names one. */
  readonly proxied: Agents;
  readonly isDirect: (target: Target) => boolean;
  /** What a message about a lost connection has to add, with a separator before it; mostly empty. */
  readonly note: (target: Target) => string;
}

/** What the machine says of connections. */
export interface ConnectionSettings {
  /** The AWS profile that the settings name. */
  readonly profile?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Of Node.js, without the `v`. */
  readonly nodeVersion?: string;
}

/**
 * Connections that go through the proxies of the environment and trust the certificates of `AWS_CA_BUNDLE`.
 *
 * @throws ConfigurationError when the environment or the profile names what is not there.
 */
export async function connections({
  profile,
  environment = process.env,
  nodeVersion = process.versions.node,
}: ConnectionSettings = {}): Promise<Connections> {
  const { http, https, isPassedBy } = proxiesOf(environment);
  const secureContext = await trustedRoots(profile, environment);
  const options = { keepAlive: true, maxSockets: SOCKETS };
  const secure = { ...options, ...(secureContext ? { secureContext } : {}) };
  const isProxied = knowsProxies(nodeVersion);
  const proxyFor = ({ protocol }: Target) => (protocol === "https:" ? https : http);
  return {
    direct: { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(secure) },
    // Without NO_PROXY, which is obeyed here: Node.js sends what is meant for this machine to the proxy too.
    proxied: {
      httpAgent: new HttpAgent({ ...options, ...(http ? { proxyEnv: { HTTP_PROXY: http.url.href } } : {}) }),
      httpsAgent: new HttpsAgent({
        ...secure,
        ...(https ? { proxyEnv: { HTTPS_PROXY: https.url.href } } : {}),
      }),
    },
    isDirect: (target) => !isProxied || proxyFor(target) === undefined || isPassedBy(target),
    note: (target) => {
      const proxy = proxyFor(target);
      if (proxy === undefined || isPassedBy(target)) return "";
      return isProxied ? throughProxy(proxy) : unusedProxy(proxy, nodeVersion);
    },
  };
}

/** Without the user and the password, which the URL may hold. */
function throughProxy({ variable, url }: Proxy): string {
  return `, by the proxy of ${variable} (${url.host})`;
}

function unusedProxy({ variable }: Proxy, nodeVersion: string): string {
  return `, without the proxy of ${variable}, which Node.js ${nodeVersion} cannot use (22.21 and 24.5 can)`;
}

/** @see https://nodejs.org/api/http.html#new-agentoptions (`proxyEnv`) */
function knowsProxies(nodeVersion: string): boolean {
  const [major = 0, minor = 0] = nodeVersion.split(".").map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
