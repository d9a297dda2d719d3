/** Where an image is kept. */
export interface ImageRepository {
  /** The registry's host, with its port if it has one; `docker.io` where a name has none. */
  readonly registry: string;
  /** The repository within the registry. */
  readonly path: string;
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests; three underscores and more are nobody's. */
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const HOST = /^(?:[\w.-]+|\[[0-9a-fA-F:]+\])(?::\d+)?$/;

/**
 * The repository of an image's name, as container engines read it: `nginx` is `docker.io/library/nginx`. Tag and
 * digest are left out; `undefined` for a text that names no repository.
 *
 * @see https://docs.docker.com/reference/cli/docker/image/tag/#description
 */
export function repositoryOf(image: string): ImageRepository | undefined {
  // The id of an image on some machine.
  if (/^sha256:[0-9a-f]{64}$/.test(image)) return undefined;
  const { host, path } = partsOf(image);
  if (!PATH.test(path) || (host !== undefined && !HOST.test(host))) return undefined;
  const registry = host === undefined || host === "index.docker.io" ? "docker.io" : host;
  return { registry, path: registry === "docker.io" && !path.includes("/") ? `library/${path}` : path };
}

/** `registry/path` */
export function repositoryName({ registry, path }: ImageRepository): string {
  return `${registry}/${path}`;
}

/**
 * Whether a repository is the one that somebody names. Who names no registry (`shop/app`) means the repository of
 * this name in any.
 */
export function isNamed(repository: ImageRepository, name: string): boolean {
  const named = repositoryOf(name);
  if (named === undefined) return false;
  if (partsOf(name).host !== undefined)
    return named.registry === repository.registry && named.path === repository.path;
  return repository.path === named.path || repository.path === partsOf(name).path;
}

function partsOf(image: string): { readonly host?: string; readonly path: string } {
  const [name = ""] = image.split("@", 1);
  const withoutTag = name.replace(/:[^:/]*$/, "");
  const slash = withoutTag.indexOf("/");
  const first = withoutTag.slice(0, Math.max(slash, 0));
  // Without one of these the first part of a name is a folder of Docker Hub.
  const isHost = /[.:]/.test(first) || first === "localhost";
  return isHost ? { host: first, path: withoutTag.slice(slash + 1) } : { path: withoutTag };
}
