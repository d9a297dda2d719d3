import { quoted } from "../values/quoted";
import { parseDigest, type Digest } from "./digest";

/** What an image is called, without its digest. */
export interface ImageName {
  /** With the registry's name, if there is one: `shop/migrate`, `localhost:5000/shop/migrate`. */
  readonly repository: string;
  /** `latest` when the reference has neither tag nor digest. */
  readonly tag: string | undefined;
}

export interface ImageReference extends ImageName {
  /** It wins over the tag. */
  readonly digest: Digest | undefined;
}

/**
 * Takes `shop/migrate:1`, `shop/migrate@sha256:…` and `shop/migrate:1@sha256:…` apart.
 * @throws Error when what is behind the `@` is no digest; it begins as Docker's does.
 */
export function parseImageReference(reference: string): ImageReference {
  const at = reference.indexOf("@");
  if (at === -1) return { ...parseImageName(reference), digest: undefined };
  const where = `invalid reference format: ${quoted(reference)}`;
  return { ...parseImageName(reference), digest: parseDigest(reference.slice(at + 1), where) };
}

/** The same without a look at the digest. */
export function parseImageName(reference: string): ImageName {
  const [name = "", digest] = reference.split("@", 2);
  // A colon before the last slash belongs to the registry's port.
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  const repository = colon === -1 ? name : name.slice(0, colon);
  const tag = colon === -1 ? undefined : name.slice(colon + 1);
  return { repository, tag: tag ?? (digest === undefined ? "latest" : undefined) };
}

/**
 * Whether two names mean the same repository: Docker calls `app` also `docker.io/library/app`, and Podman
 * `localhost/app`.
 */
export function isSameRepository(one: string, other: string): boolean {
  return familiarName(one) === familiarName(other);
}

/** The shortest way to say it, which is the one that people use. */
export function familiarName(repository: string): string {
  return repository.replace(/^(index\.)?docker\.io\/(library\/)?|^localhost\//, "");
}

/**
 * Divides the registry's name from the rest, as Docker does: the first part is a registry when it looks like a host.
 * A registry's name may be a name of Docker Hub's, which is served elsewhere.
 */
export function splitRepository(repository: string): {
  /** Undefined when the reference names no registry. */
  readonly host: string | undefined;
  readonly path: string;
} {
  const slash = repository.indexOf("/");
  const first = repository.slice(0, slash);
  if (slash === -1 || !/[.:]|^localhost$/.test(first)) return { host: undefined, path: repository };
  const path = repository.slice(slash + 1);
  if (first !== "docker.io") return { host: first, path };
  return { host: "registry-1.docker.io", path: path.includes("/") ? path : `library/${path}` };
}
