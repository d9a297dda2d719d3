import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const OPTIONS = "Options: rpcutil.OpenTracingServerInterceptorOptions(tracingSpan),";

describe("the language host that is built", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "language-host-"));
    await mkdir(join(folder, "target"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  async function patched(main: string): Promise<Record<string, string>> {
    const { patchLanguageHost } = await import("../../scripts/tools/pulumi-cli/patch-language-host.mts");
    const [source, target] = [join(folder, "source"), join(folder, "target")];
    await mkdir(source);
    await writeFile(join(source, "main.go"), main);
    await writeFile(join(source, "proxy.go"), "a proxy");
    await writeFile(join(source, "main_test.go"), "a test");
    await patchLanguageHost(source, target);
    const files = (await readdir(target)).sort();
    const texts = await Promise.all(files.map((file) => readFile(join(target, file), "utf8")));
    return Object.fromEntries(files.map((file, index) => [file, texts[index] ?? ""]));
  }

  it("is a copy that passes on the calls that it does not know", async () => {
    assert.deepStrictEqual(await patched(`serve(${OPTIONS} $&)`), {
      "main.go":
        "serve(Options: append(rpcutil.OpenTracingServerInterceptorOptions(tracingSpan), forwardUnknown(conn)), $&)",
      "proxy.go": "a proxy",
    });
  });

  it("is not built of another source than this patch is for", async () => {
    await assert.rejects(patched("serve()"), /main\.go does not hold "Options: .*" once/);
  });
});
