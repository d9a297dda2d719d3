/**
 * The language host that can be built is older than error hooks and resource hooks: it answers their calls with
 * "unknown method". This makes a copy of its source that passes them on to the engine.
 */
import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Where the host opens the server that the program talks to. `conn` leads to the engine. */
const SERVER_OPTIONS = "Options: rpcutil.OpenTracingServerInterceptorOptions(tracingSpan),";
const FORWARDING_OPTIONS =
  "Options: append(rpcutil.OpenTracingServerInterceptorOptions(tracingSpan), forwardUnknown(conn)),";

/** Copies the program in `source` to `target`, where `forward.go` is. The files of `source` are read-only. */
export async function patchLanguageHost(source: string, target: string): Promise<void> {
  const files = (await readdir(source)).filter(
    (file) => file.endsWith(".go") && !file.endsWith("_test.go") && file !== "main.go",
  );
  await Promise.all(files.map((file) => copyFile(join(source, file), join(target, file))));
  const main = await readFile(join(source, "main.go"), "utf8");
  const [before, after, ...more] = main.split(SERVER_OPTIONS);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(
      `The language host cannot be patched: ${source}/main.go does not hold "${SERVER_OPTIONS}" once. ` +
        "Set the version that is pinned in language-host/go.mod back, or correct this text.",
    );
  await writeFile(join(target, "main.go"), before + FORWARDING_OPTIONS + after);
}
