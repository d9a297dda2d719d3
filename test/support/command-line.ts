import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const repository = join(__dirname, "../..");
const packageJson = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  bin: Record<string, string>;
};
/** The built command line. */
export const bin = join(repository, packageJson.bin["pulumi-ecs-task"]!);

/** What a command left behind. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line with nothing of this process's AWS settings. */
export function pulumiEcsTask(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ended> {
  return runCommandLine(bin, env, args);
}

/** Runs the command line that is in this file. */
export function runCommandLine(
  file: string,
  env: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], {
    env: { PATH: process.env.PATH, HOME: "/nowhere", AWS_EC2_METADATA_DISABLED: "true", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const texts = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (code) => {
      resolve({ code, ...texts });
    });
  });
}
