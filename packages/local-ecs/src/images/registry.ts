import { createWriteStream } from "node:fs";
import { mkdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { randomUUID } from "node:crypto";
import type { ContentSource } from "./image-content";
import type { Digest } from "./digest";
import { mediaTypes, type Descriptor } from "./oci-content";
import type { ImageReference } from "./image-reference";
import { blobPath } from "./folders/blob-path";
import { basicAuthorization, isLoopback, parseChallenge, tokenUrl, type Credentials } from "./registry-auth";
import { sha256, sha256OfFile } from "./sha256";
import { within } from "../time/within";

/** How long a registry may take to begin its answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 30_000;

/** How long it may be silent while it sends a blob, in milliseconds. */
const STALL_MS = 60_000;

const MANIFEST_TYPES = [
  mediaTypes.index,
  mediaTypes.manifest,
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

export interface RegistryOptions {
  /** With the port, if there is one. */
  readonly host: string;
  /** The repository within the registry. */
  readonly path: string;
  readonly credentials: Credentials | undefined;
  /** For what was fetched, laid out as in an OCI image layout. */
  readonly folder: string;
}

/**
 * One repository of a registry, read over the OCI distribution API.
 * @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md
 */
export class Registry implements ContentSource {
  readonly #options: RegistryOptions;
  readonly #manifests = new Map<Digest, Buffer>();
  #authorization: string | undefined;

  constructor(options: RegistryOptions) {
    this.#options = options;
  }

  nameOf({ digest }: Descriptor): string {
    const { host, path } = this.#options;
    return `${host}/${path}@${digest}`;
  }

  /** @throws Error in the words of a container engine. */
  async resolve({
    tag = "latest",
    digest: pinned,
  }: Pick<ImageReference, "tag" | "digest">): Promise<Descriptor> {
    const { host, path } = this.#options;
    const isPinned = pinned !== undefined;
    const reference = pinned ?? tag;
    const response = await this.#get(`manifests/${reference}`).catch((error: unknown) => {
      if (!isPinned || !(error as Error).message.includes("manifest unknown")) throw error;
      // A digest is not looked up before the pull, which has words of its own.
      throw new Error(
        `${DAEMON} manifest for ${host}/${path}@${reference} not found: manifest unknown: manifest unknown`,
      );
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const digest = sha256(bytes);
    if (isPinned && pinned !== digest)
      throw new Error(`the content of ${pinned} does not match its digest: it is ${digest}`);
    this.#manifests.set(digest, bytes);
    const { mediaType = mediaTypeOf(response) } = JSON.parse(bytes.toString("utf8")) as {
      mediaType?: string;
    };
    return { mediaType, digest, size: bytes.length };
  }

  async readManifest({ digest }: Descriptor, signal?: AbortSignal): Promise<Buffer> {
    const known = this.#manifests.get(digest);
    if (known !== undefined) return known;
    return Buffer.from(await (await this.#get(`manifests/${digest}`, signal)).arrayBuffer());
  }

  async readBlob(descriptor: Descriptor, signal?: AbortSignal): Promise<Buffer> {
    return readFile(await this.fileOf(descriptor, signal));
  }

  async fileOf({ digest }: Descriptor, signal?: AbortSignal): Promise<string> {
    const file = blobPath(this.#options.folder, digest);
    if (await stat(file).catch(() => undefined)) return file;
    await mkdir(dirname(file), { recursive: true });
    const { body } = await this.#get(`blobs/${digest}`, signal);
    // Renamed when it is whole and verified: several tasks may want it, now and later.
    const part = `${file}.${randomUUID()}`;
    try {
      const content = body === null ? Readable.from([]) : Readable.fromWeb(body);
      await pipeline(content, unlessItStalls, createWriteStream(part), { signal });
      const found = await sha256OfFile(part);
      if (found !== digest)
        throw new Error(`the content of ${digest} does not match its digest: it is ${found}`);
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
    return file;
  }

  async #get(what: string, signal?: AbortSignal): Promise<Response> {
    const { host, path } = this.#options;
    const url = new URL(`${isLoopback(host) ? "http" : "https"}://${host}/v2/${path}/${what}`);
    const first = await request(url, { authorization: this.#authorization, signal });
    if (first.ok) return first;
    const challenge = first.headers.get("www-authenticate");
    if (first.status !== 401 || challenge === null) throw await refusal(first);
    this.#authorization = await this.#authorize(url, { challenge, signal });
    const second = await request(url, { authorization: this.#authorization, signal });
    if (!second.ok) throw await refusal(second);
    return second;
  }

  async #authorize(
    url: URL,
    { challenge: header, signal }: { readonly challenge: string; readonly signal: AbortSignal | undefined },
  ): Promise<string> {
    const { path, credentials } = this.#options;
    const challenge = parseChallenge(header);
    const basic = credentials && basicAuthorization(credentials);
    if (challenge.scheme === "basic") {
      if (basic === undefined) throw new Error(`${DAEMON} Head "${url.href}": no basic auth credentials`);
      return basic;
    }
    if (challenge.scheme !== "bearer")
      throw new Error(
        `${DAEMON} the registry asks for ${challenge.scheme}, which is neither basic nor bearer`,
      );
    const from = tokenUrl(challenge, path);
    if (from.protocol !== "https:" && !isLoopback(from.host))
      throw new Error(`${DAEMON} the registry's token is at ${from.origin}, which is not encrypted`);
    const response = await request(from, { authorization: basic, signal });
    if (!response.ok) throw await refusal(response);
    const { token, access_token: accessToken } = (await response.json()) as Record<
      string,
      string | undefined
    >;
    return `Bearer ${token ?? accessToken ?? ""}`;
  }
}

/** How Docker's daemon, and with it the ECS agent, begins what went wrong. */
const DAEMON = "Error response from daemon:";
const STALLED = `${DAEMON} the registry has sent nothing for ${STALL_MS / 1000} s: i/o timeout`;

interface RequestOptions {
  readonly authorization: string | undefined;
  readonly signal: AbortSignal | undefined;
}

async function request(url: URL, { authorization, signal }: RequestOptions): Promise<Response> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => {
    tooLate.abort(new Error("i/o timeout"));
  }, ANSWER_TIMEOUT_MS);
  const headers = { accept: MANIFEST_TYPES, ...(authorization === undefined ? {} : { authorization }) };
  try {
    return await fetch(url, {
      headers,
      signal: AbortSignal.any([tooLate.signal, ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    const { message, cause } = error as Error;
    throw new Error(`${DAEMON} Get "${url.href}": ${cause instanceof Error ? cause.message : message}`, {
      cause: error,
    });
  } finally {
    clearTimeout(timer);
  }
}

/** Passes content on, as long as it comes. */
async function* unlessItStalls(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const parts = content[Symbol.asyncIterator]();
  for (;;) {
    const part = await within(STALL_MS, parts.next(), STALLED);
    if (part.done === true) return;
    yield part.value;
  }
}

/** `MANIFEST_UNKNOWN` with its message becomes `manifest unknown: …` (observed: dockerd 20.10). */
async function refusal(response: Response): Promise<Error> {
  const body = await response.text();
  try {
    const { errors = [] } = JSON.parse(body) as { errors?: { code?: string; message?: string }[] };
    const texts = errors.map(
      ({ code = "", message = "" }) => `${code.toLowerCase().replaceAll("_", " ")}: ${message}`,
    );
    if (texts.length > 0) return new Error(`${DAEMON} ${texts.join(", ")}`);
  } catch {
    // Not the registry's own answer: its status has to do.
  }
  return new Error(`${DAEMON} received unexpected HTTP status: ${response.status} ${response.statusText}`);
}

function mediaTypeOf(response: Response): string {
  return response.headers.get("content-type")?.split(";")[0] ?? mediaTypes.manifest;
}
