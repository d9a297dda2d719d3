import { ECSClient } from "@aws-sdk/client-ecs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalEcs, writeOciImage } from "../../../src/api/index";
import { image } from "./image";
import type { Target } from "./target";

/** The local ECS. Its image is empty: the suite uses nothing but `sh`, which is found on this machine. */
export async function startLocal(): Promise<Target> {
  const layout = await mkdtemp(join(tmpdir(), "conformance-"));
  await writeOciImage({ layout, reference: image, files: {}, config: {} });
  const local = await startLocalEcs({ images: [layout], transitionMs: 1, defaultInstance: false });
  const ecs = new ECSClient({
    endpoint: local.url,
    region: local.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  let machines = 0;
  return {
    ecs,
    fargate: {
      launchType: "FARGATE",
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } },
    },
    newMachine: () => {
      machines += 1;
      return Promise.resolve(JSON.stringify({ instanceId: `i-${String(machines).padStart(17, "0")}` }));
    },
    async close() {
      ecs.destroy();
      await local.close();
      await rm(layout, { recursive: true, force: true });
    },
  };
}
