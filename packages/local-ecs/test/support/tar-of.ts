import { Header, Pax } from "tar";

/** An entry of an archive as it stands in it, however strange. */
export interface Entry {
  readonly path: string;
  /** By default a file, or a folder when the path ends with a slash. */
  readonly type?: "File" | "Directory" | "SymbolicLink" | "Link" | "CharacterDevice" | "FIFO" | "OldFile";
  readonly content?: string | Buffer;
  /** Where a link leads. */
  readonly to?: string;
  readonly mode?: number;
}

const BLOCK = 512;

/** A tar of these entries, in this order. */
export function tarOf(entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries.flatMap(blocksOf), Buffer.alloc(2 * BLOCK)]);
}

function blocksOf({ path, type, content = "", to, mode }: Entry): Buffer[] {
  const body = Buffer.from(content);
  const kind = type ?? (path.endsWith("/") ? "Directory" : "File");
  const fields = {
    path,
    type: kind,
    size: body.length,
    mode: mode ?? (kind === "Directory" ? 0o755 : 0o644),
    mtime: new Date(0),
    uid: 0,
    gid: 0,
    ...(to === undefined ? {} : { linkpath: to }),
  };
  const header = new Header(fields);
  const block = Buffer.alloc(BLOCK);
  const needsPax = header.encode(block, 0);
  const pax = needsPax ? [new Pax(fields).encode()] : [];
  return [...pax, block, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)];
}
