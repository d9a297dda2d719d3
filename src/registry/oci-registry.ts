import { classifyError, errorText } from "../aws/errors/classify-error";
import { LimitedRequestHandler } from "../aws/connect/request-handler";
import { MANIFEST_TYPES } from "./image-index";
import { repositoryName, type ImageRepository } from "./image-repository";
import { isLoopback, readChallenge, tokenUrl } from "./auth-challenge";
import { dockerCredentials, type RegistryCredentials } from "./docker-credentials";
import { followed, type Answer } from "./follow-redirects";
import { RegistryError, type ManifestSource } from "./manifest-source";

/**
 * The largest manifest that is read, in bytes.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pushing-manifests (4 megabytes)
 */
const MANIFEST_BYTES = 4 * 1024 * 1024;

/**
 * Manifests over the OCI distribution API, as `docker pull` has them: without credentials, or with those that
 * `docker login` stored. Nothing is tried twice.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests
 */
export class OciRegistry implements ManifestSource {
  readonly #credentialsFor: (registry: string) => Promise<RegistryCredentials | undefined>;
  readonly #handler: LimitedRequestHandler;
  /** By repository, what the registry let pass. */
  readonly #authorizations = new Map<string, string>();

  /** @param handler - sends each request, as those to AWS. */
  constructor(credentialsFor = dockerCredentials, handler = new LimitedRequestHandler()) {
    this.#credentialsFor = credentialsFor;
    this.#handler = handler;
  }

  async manifest(repository: ImageRepository, digest: string): Promise<Buffer> {
    const url = manifestUrl(repository, digest);
    const name = repositoryName(repository);
    const first = await this.#ask(url, this.#authorizations.get(name));
    const challenge = first.headers["www-authenticate"];
    if (first.status !== 401 || challenge === undefined) return this.#bytesOf(granted(first));
    first.body.destroy();
    const { authorization, isAnonymous } = await this.#authorize(repository, challenge);
    const second = granted(await this.#ask(url, authorization), isAnonymous);
    if (authorization !== undefined) this.#authorizations.set(name, authorization);
    return this.#bytesOf(second);
  }

  async #authorize({ registry, path }: ImageRepository, header: string) {
    const challenge = readChallenge(header);
    const credentials = await this.#credentialsFor(registry);
    const basic = credentials && basicAuthorization(credentials);
    const isAnonymous = basic === undefined;
    if (challenge.scheme === "basic") return { authorization: basic, isAnonymous };
    const url = challenge.scheme === "bearer" ? tokenUrl(challenge, path) : undefined;
    if (url === undefined)
      throw new RegistryError(
        "rejected",
        "it asks for credentials in a way that is not known here, or not safe",
      );
    const answer = granted(await this.#ask(url, basic), isAnonymous);
    const { token, access_token: accessToken } = jsonOf(await this.#bytesOf(answer));
    return { authorization: `Bearer ${token ?? accessToken ?? ""}`, isAnonymous };
  }

  async #ask(url: URL, authorization: string | undefined): Promise<Answer> {
    const headers = { accept: MANIFEST_TYPES.join(", "), "user-agent": "pulumi-ecs-task" };
    return followed(url, authorization, async (next, allowed) => {
      const ours = { ...headers, ...(allowed === undefined ? {} : { authorization: allowed }) };
      try {
        return { url: next, ...(await this.#handler.get(next, ours)) };
      } catch (error) {
        throw unanswered(next.host, error);
      }
    });
  }

  async #bytesOf({ url, body }: Answer): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      // Leaving the loop ends the answer.
      for await (const chunk of body as AsyncIterable<Uint8Array>) {
        size += chunk.length;
        if (size > MANIFEST_BYTES) break;
        chunks.push(chunk);
      }
    } catch (error) {
      throw unanswered(url.host, error);
    }
    if (size > MANIFEST_BYTES)
      throw new RegistryError("rejected", "its answer is larger than a manifest may be");
    return Buffer.concat(chunks);
  }
}

function unanswered(host: string, error: unknown): RegistryError {
  const kind = classifyError(error);
  const said = errorText(error);
  const what = kind === "broken" ? "did not answer" : "cannot be reached";
  return new RegistryError(kind, `${host} ${what}: ${said}`, { cause: error });
}

function manifestUrl({ registry, path }: ImageRepository, digest: string): URL {
  // Docker Hub's API has another host than its images' names: https://docs.docker.com/docker-hub/usage/pulls/
  const host = registry === "docker.io" ? "registry-1.docker.io" : registry;
  return new URL(`${isLoopback(host) ? "http" : "https"}://${host}/v2/${path}/manifests/${digest}`);
}

function basicAuthorization({ username, password }: RegistryCredentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

/** The answer itself, if it is what was asked for. */
function granted(answer: Answer, isAnonymous = false): Answer {
  const { status, reason, body } = answer;
  if (status >= 200 && status < 300) return answer;
  body.destroy();
  const said = `it answered ${status}${reason ? ` ${reason}` : ""}`;
  if (status === 401 || status === 403)
    throw new RegistryError("denied", isAnonymous ? `${said}, and Docker has stored no credentials` : said);
  if (status === 404) throw new RegistryError("notFound", said);
  if (status === 429) throw new RegistryError("throttled", said);
  throw new RegistryError(status >= 500 ? "broken" : "rejected", said);
}

function jsonOf(bytes: Buffer): { readonly token?: string; readonly access_token?: string } {
  try {
    return JSON.parse(bytes.toString("utf8")) as Record<string, string>;
  } catch {
    throw new RegistryError("broken", "its token service answered something else than JSON");
  }
}
