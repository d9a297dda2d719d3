/**
 * Builds the CLI from Go modules, for machines that reach a Go module proxy but not Pulumi's downloads.
 * The modules beside this file pin every source and its checksum.
 */
import { cp, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDynamicProviderLauncher } from "./dynamic-provider-launcher.mts";
import { executable } from "./find-cli.mts";
import { go } from "./go-command.mts";
import { patchLanguageHost } from "./patch-language-host.mts";
import type { WantedCli } from "./versions.mts";

interface Program {
  readonly name: string;
  readonly module: string;
  readonly mainPackage: string;
  /** The package of which the main package is a patched copy. */
  readonly patched?: string;
}

const programs = (engine: string): readonly Program[] => [
  { name: "pulumi", module: engine, mainPackage: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
  {
    name: "pulumi-language-nodejs",
    module: "language-host",
    mainPackage: "pulumi-language-host/forwarding",
    patched: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
  },
];

/** Without debug information (half the size), and with the version that `pulumi version` tells. */
const ldflags = (version: string): string =>
  `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${version}`;

export interface BuildOptions {
  readonly wanted: WantedCli;
  readonly signal: AbortSignal;
  /** Called whenever there is progress, many times a second. */
  readonly onProgress: (progress: string) => void;
}

/** Builds into `<root>/bin`. Takes minutes the first time: about 1500 packages. */
export async function buildCli(root: string, options: BuildOptions): Promise<void> {
  const bin = join(root, "bin");
  await mkdir(bin, { recursive: true });
  // The modules are copied, because go must not write into the checkout.
  const workshop = await mkdtemp(join(tmpdir(), "pulumi-build-"));
  // One failed build ends the other one.
  const failure = new AbortController();
  const signal = AbortSignal.any([options.signal, failure.signal]);
  const progress = new Map<string, string>();
  try {
    const builds = programs(options.wanted.engine).map(async (program) => {
      const folder = join(workshop, program.module);
      await cp(join(import.meta.dirname, program.module), folder, { recursive: true });
      const onProgress = (text: string): void => {
        progress.set(program.name, text);
        options.onProgress([...progress].map(([name, what]) => `${name}: ${what}`).join(", "));
      };
      await buildProgram(program, { wanted: options.wanted, signal, onProgress, folder, bin });
    });
    await Promise.all(builds).catch(async (error: unknown) => {
      failure.abort();
      await Promise.allSettled(builds);
      throw error;
    });
    await writeDynamicProviderLauncher(bin);
  } finally {
    await rm(workshop, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface ProgramBuildOptions extends BuildOptions {
  readonly folder: string;
  readonly bin: string;
}

async function buildProgram(
  { name, mainPackage, patched }: Program,
  { wanted, signal, onProgress, folder, bin }: ProgramBuildOptions,
): Promise<void> {
  let downloads = 0;
  let packages = 0;
  const countDownload = (line: string): void => {
    if (line.startsWith("go: downloading")) onProgress(`${String(++downloads)} modules downloaded`);
  };
  const options = { signal, folder, onLine: countDownload };
  if (patched !== undefined) {
    const [source = ""] = await go(["list", "-f", "{{.Dir}}", patched], options);
    await patchLanguageHost(source, join(folder, "forwarding"));
  }
  const all = await go(["list", "-deps", mainPackage], options);
  const countPackage = (line: string): void => {
    // Other lines are not package paths but remarks. The main package comes last, and linking it takes a while.
    if (line === mainPackage) onProgress("linking");
    else if (!line.includes(" "))
      onProgress(`compiled ${String(++packages)} of ${String(all.length)} packages`);
  };
  const flags = ["-v", "-trimpath", "-buildvcs=false", "-ldflags", ldflags(wanted.version)];
  const output = join(bin, executable(name));
  await go(["build", ...flags, "-o", output, mainPackage], { signal, folder, onLine: countPackage });
  onProgress("done");
}
