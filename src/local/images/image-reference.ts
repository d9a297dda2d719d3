export interface ImageReference {
  /** With the registry's name, if there is one: `shop/migrate`, `localhost:5000/shop/migrate`. */
  readonly repository: string;
  /** `latest` when the reference has neither tag nor digest. */
  readonly tag: string | undefined;
  /** `sha256:` and 64 hexadecimal digits. It wins over the tag. */
  readonly digest: string | undefined;
}

/** Takes `shop/migrate:1`, `shop/migrate@sha256:…` and `shop/migrate:1@sha256:…` apart. */
export function parseImageReference(reference: string): ImageReference {
  const [name = "", digest] = reference.split("@", 2);
  // A colon before the last slash belongs to the registry's port.
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  const repository = colon === -1 ? name : name.slice(0, colon);
  const tag = colon === -1 ? undefined : name.slice(colon + 1);
  return { repository, tag: tag ?? (digest === undefined ? "latest" : undefined), digest };
}
