import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startLocalEcs, writeOciImage, type LocalEcs } from "../../../src/api/index";

/** The image of the judges' tasks: empty, for `sh` is found on this machine. */
export const image = "judge:1";

/** A local ECS for a judge, and a way to call the judge's programs. */
export interface Judged {
  readonly local: LocalEcs;
  /** Runs a program of the virtual environment against it. @returns what it printed. */
  call(program: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }>;
  close(): Promise<void>;
}

/** @returns undefined, having said so, where the judges are not installed. */
export async function startJudged(): Promise<Judged | undefined> {
  const venv = process.env.CONFORMANCE_VENV;
  if (venv === undefined) {
    console.log("      Skipped: the AWS CLI and boto3 judge in `npm run test:conformance` only.");
    return undefined;
  }
  const layout = await mkdtemp(join(tmpdir(), "judged-"));
  await writeOciImage({ layout, reference: image, files: {}, config: {} });
  const local = await startLocalEcs({ images: [layout], transitionMs: 1 });
  return {
    local,
    call: (program, args) =>
      promisify(execFile)(join(venv, "bin", program), [...args], {
        env: {
          PATH: process.env.PATH ?? "",
          HOME: layout,
          AWS_ENDPOINT_URL_ECS: local.url,
          AWS_REGION: local.region,
          AWS_DEFAULT_REGION: local.region,
          AWS_ACCESS_KEY_ID: "local",
          AWS_SECRET_ACCESS_KEY: "local",
        },
      }),
    async close() {
      await local.close();
      await rm(layout, { recursive: true, force: true });
    },
  };
}
