import { fitBeginning } from "../../text/fit-text";

/** An image reference in its parts. */
interface ImageParts {
  /** With the slash behind it; empty for Docker Hub, which need not be named. */
  readonly host: string;
  readonly repository: string;
  /** Tag and digest, each with its sign. */
  readonly version: string;
}

/** How long a name may be in a preview, in characters. */
const LONGEST_NAME = 60;

/** How much of a digest is shown, as elsewhere in the field. */
const DIGEST_DIGITS = 12;

/** What changed of an image: `shop/app:1.4.1 -> :1.4.2`, with the repository once when it is the same; `undefined` when nothing did. */
export function imageChange(before: string, after: string): string | undefined {
  const [old, now] = [partsOf(before), partsOf(after)];
  const isSameHost = old.host === now.host;
  const isSamePlace = isSameHost && old.repository === now.repository;
  if (isSamePlace && old.version === now.version) return undefined;
  const oldText = isSameHost ? nameOf(old) : old.host + nameOf(old);
  if (isSamePlace) return `${oldText} -> ${shortened(now.version)}`;
  return `${oldText} -> ${isSameHost ? "" : now.host}${nameOf(now)}`;
}

/** An image without the host of its registry: `shop/app:1.4.1`. */
export function imageText(image: string): string {
  return nameOf(partsOf(image));
}

function nameOf({ repository, version }: ImageParts): string {
  return fitBeginning(repository, LONGEST_NAME) + shortened(version);
}

/** Without a tag, `latest` is meant. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html (image) */
function partsOf(image: string): ImageParts {
  const [name = "", digest] = image.split("@", 2);
  const first = name.slice(0, name.indexOf("/") + 1);
  const host = /[.:]|^localhost\/$/.test(first) ? first : "";
  const rest = name.slice(host.length);
  const colon = rest.indexOf(":", rest.lastIndexOf("/") + 1);
  const [repository, tag] = colon < 0 ? [rest, undefined] : [rest.slice(0, colon), rest.slice(colon)];
  const version = digest === undefined ? (tag ?? ":latest") : `${tag ?? ""}@${digest}`;
  return { host, repository, version };
}

/** With the beginning of its digest. */
function shortened(version: string): string {
  return fitBeginning(
    version.replace(/([0-9a-f]{12})[0-9a-f]{20,}/, (_all, digits: string) => digits.slice(0, DIGEST_DIGITS)),
    LONGEST_NAME,
  );
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** ` sha256:0123456789ab -> sha256:fedcba987654` for two digests; otherwise nothing, for the values can be secret. */
export function digestChange(before: unknown, after: unknown): string {
  const isDigest = (value: unknown): value is string => typeof value === "string" && DIGEST.test(value);
  return isDigest(before) && isDigest(after) ? ` ${shortened(before)} -> ${shortened(after)}` : "";
}
