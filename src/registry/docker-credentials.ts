import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { CREDENTIAL_HELPER_MS } from "../time-limits";

/** A user of a registry. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
}

/** The part of Docker's config.json that is about credentials. */
interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Docker Hub's name there. @see https://docs.docker.com/reference/cli/docker/login/ */
const DOCKER_HUB = "https://index.docker.io/v1/";

/**
 * What `docker login` has stored for a registry, in `config.json` of `DOCKER_CONFIG` or `~/.docker` or behind a
 * credential helper that is named there; `undefined` when there is nothing, or nothing that can be had.
 *
 * @param registry - its host, `docker.io` for Docker Hub.
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export async function dockerCredentials(
  registry: string,
  limitMs = CREDENTIAL_HELPER_MS,
): Promise<RegistryCredentials | undefined> {
  const config = await dockerConfig();
  const server = registry === "docker.io" ? DOCKER_HUB : registry;
  const helper = config.credHelpers?.[registry] ?? config.credsStore;
  const told = helper === undefined ? undefined : await askHelper(helper, server, limitMs);
  return told ?? storedCredentials(config, server);
}

async function dockerConfig(): Promise<DockerConfig> {
  const { DOCKER_CONFIG: named = "" } = process.env;
  const folder = named === "" ? join(homedir(), ".docker") : named;
  try {
    return JSON.parse(await readFile(join(folder, "config.json"), "utf8")) as DockerConfig;
  } catch {
    return {};
  }
}

function storedCredentials({ auths = {} }: DockerConfig, server: string): RegistryCredentials | undefined {
  const host = hostOf(server);
  const [, entry] = Object.entries(auths).find(([name]) => hostOf(name) === host) ?? [];
  const [username = "", ...rest] = Buffer.from(entry?.auth ?? "", "base64")
    .toString("utf8")
    .split(":");
  return username === "" ? undefined : { username, password: rest.join(":") };
}

/** Older versions of Docker wrote addresses: `https://registry.example.com/v1/`. */
function hostOf(server: string): string | undefined {
  return server.replace(/^https?:\/\//, "").split("/", 1)[0];
}

/** @see https://github.com/docker/docker-credential-helpers#development */
async function askHelper(
  helper: string,
  server: string,
  limitMs: number,
): Promise<RegistryCredentials | undefined> {
  const child = spawn(`docker-credential-${helper}`, ["get"], { stdio: ["pipe", "pipe", "ignore"] });
  const chunks: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  // A helper that is gone before it has read what it is asked breaks the pipe, and its exit code says enough.
  child.stdin.on("error", () => undefined).end(server);
  const isHad = await new Promise<boolean>((resolve) => {
    function settle(had: boolean): void {
      clearTimeout(timer);
      resolve(had);
    }
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      // A process that the helper started can keep its output open.
      child.stdout.destroy();
      settle(false);
    }, limitMs);
    child.on("error", () => {
      settle(false);
    });
    child.on("close", (code) => {
      settle(code === 0);
    });
  });
  if (!isHad) return undefined;
  try {
    const { Username, Secret } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, string>;
    // "<token>" says that the secret is a refresh token of OAuth2, which is asked for in another way.
    return Username && Secret && Username !== "<token>"
      ? { username: Username, password: Secret }
      : undefined;
  } catch {
    return undefined;
  }
}
