import { isAbsolute, join, normalize } from "node:path";

/** Whether a path of this machine exists. */
export type Exists = (path: string) => boolean;

/**
 * A process sees this machine's file system, not the image's. So that a command still finds the image's files, an
 * absolute path that exists in the unpacked image is replaced by its place in there; everything else stays as it is.
 */
export function mapImagePath(root: string, argument: string, exists: Exists): string {
  if (!isAbsolute(argument) || normalize(argument) === "/") return argument;
  const mapped = join(root, argument);
  return exists(mapped) ? mapped : argument;
}

/** The image's own folders first, then this machine's: that is how `node` or `sh` is found. */
export function mapSearchPath(
  root: string,
  { imagePath, hostPath }: { readonly imagePath: string; readonly hostPath: string },
  exists: Exists,
): string {
  const own = imagePath.split(":").filter((folder) => isAbsolute(folder) && exists(join(root, folder)));
  return [...own.map((folder) => join(root, folder)), hostPath].join(":");
}

/**
 * Where the program to run is, or undefined when the container has none of that name. An absolute path means the
 * image's file only, so that a command that is missing in the image is missing here too.
 */
export function findProgram(
  program: string,
  place: { readonly root: string; readonly workingDirectory: string; readonly searchPath: string },
  exists: Exists,
): string | undefined {
  const { root, workingDirectory, searchPath } = place;
  const candidates = isAbsolute(program)
    ? [join(root, program)]
    : program.includes("/")
      ? [join(workingDirectory, program)]
      : searchPath.split(":").map((folder) => join(folder, program));
  return candidates.find(exists);
}
