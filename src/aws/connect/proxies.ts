import { BlockList, isIP } from "node:net";
import { INVALID_CONFIGURATION } from "./misconfiguration";

type Environment = Readonly<Record<string, string | undefined>>;

/** A proxy that the environment names. */
export interface Proxy {
  /** Of the variable, as it is written there. */
  readonly variable: string;
  readonly url: URL;
}

/** What the environment says of proxies. The lower-case variable comes first, as with curl and Node.js. */
export interface Proxies {
  readonly http: Proxy | undefined;
  readonly https: Proxy | undefined;
  /** Whether a request goes to its host itself. */
  readonly isPassedBy: (url: Pick<URL, "hostname" | "port" | "protocol">) => boolean;
}

/** The setting of this machine is wrong. `classifyError` knows it by its name. */
export class ConfigurationError extends Error {
  override readonly name = INVALID_CONFIGURATION;
}

/** @throws ConfigurationError when a variable does not name a proxy. */
export function proxiesOf(environment: Environment): Proxies {
  const [, noProxy = ""] = variable(environment, "no_proxy") ?? [];
  const exceptions = noProxy.split(/[\s,]+/).filter(Boolean);
  return {
    http: proxy(environment, "http_proxy"),
    https: proxy(environment, "https_proxy"),
    isPassedBy: (url) => isNear(hostOf(url)) || exceptions.some((exception) => isExcepted(exception, url)),
  };
}

function proxy(environment: Environment, name: string): Proxy | undefined {
  const [named, value] = variable(environment, name) ?? [];
  if (named === undefined || value === undefined) return undefined;
  const text = value.includes("://") ? value : `http://${value}`;
  // What is written there may hold a password: it is in no message.
  if (!URL.canParse(text)) throw new ConfigurationError(`${named} is no URL of a proxy`);
  const url = new URL(text);
  if (url.protocol === "http:" || url.protocol === "https:") return { variable: named, url };
  throw new ConfigurationError(
    `${named} names a proxy of the kind ${url.protocol}//, and Node.js knows http:// and https:// only`,
  );
}

/** An empty variable counts as none. */
function variable(environment: Environment, name: string): readonly [string, string] | undefined {
  for (const spelled of [name, name.toUpperCase()]) {
    const value = environment[spelled]?.trim();
    if (value) return [spelled, value];
  }
  return undefined;
}

/**
 * This machine, and what only it can reach: the local ECS, and the credentials of an EC2 instance (169.254.169.254,
 * fd00:ec2::254), of an ECS task (169.254.170.2) and of an EKS pod (169.254.170.23, fd00:ec2::23).
 */
const NEAR = new BlockList();
NEAR.addSubnet("127.0.0.0", 8, "ipv4");
NEAR.addAddress("0.0.0.0", "ipv4");
NEAR.addSubnet("169.254.0.0", 16, "ipv4");
NEAR.addAddress("::1", "ipv6");
NEAR.addSubnet("fe80::", 10, "ipv6");
NEAR.addAddress("fd00:ec2::23", "ipv6");
NEAR.addAddress("fd00:ec2::254", "ipv6");

function isNear(host: string): boolean {
  return /^(.+\.)?localhost$/.test(host) || isIn(NEAR, host);
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  // An IPv4 address that is written as one of IPv6 is found among those of IPv4.
  return family !== 0 && list.check(host, family === 4 ? "ipv4" : "ipv6");
}

/** An entry of NO_PROXY: `*`, a host or a domain with all below it, an address or a subnet; all but the last with a port or without. */
function isExcepted(exception: string, url: Pick<URL, "hostname" | "port" | "protocol">): boolean {
  if (exception === "*") return true;
  const host = hostOf(url);
  const [, address = "", prefix = ""] = /^([\d.]+|[\da-f:.]+)\/(\d+)$/i.exec(exception) ?? [];
  if (isIP(address) !== 0) return isIn(subnet(address, Number(prefix)), host);
  const [, name = exception, port] = /^(\[.*\]|[^:]*):(\d+)$/.exec(exception) ?? [];
  if (port !== undefined && port !== portOf(url)) return false;
  const domain = plain(name).replace(/^\*?\./, "");
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function subnet(address: string, prefix: number): BlockList {
  const list = new BlockList();
  const family = isIP(address) === 4 ? "ipv4" : "ipv6";
  if (prefix <= (family === "ipv4" ? 32 : 128)) list.addSubnet(address, prefix, family);
  return list;
}

function hostOf({ hostname }: Pick<URL, "hostname">): string {
  return plain(hostname);
}

/** A URL writes an address of IPv6 in brackets; a name may end with the dot of the root. */
function plain(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

function portOf({ port, protocol }: Pick<URL, "port" | "protocol">): string {
  if (port) return port;
  return protocol === "https:" ? "443" : "80";
}
