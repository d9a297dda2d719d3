import { ECSClient } from "@aws-sdk/client-ecs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Target } from "./target";

/** moto's server on loopback, from the virtual environment that run.mts made. */
export async function startMoto(): Promise<Target> {
  const venv = process.env.CONFORMANCE_VENV;
  if (venv === undefined) throw new Error("Run this with: npm run test:conformance moto");
  const server = spawn(join(venv, "bin", "moto_server"), ["-H", "127.0.0.1", "-p", "0"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = once(server, "exit");
  const url = await listeningAt(server.stderr);
  const ec2 = (action: string, more: Record<string, string> = {}) => askEc2(url, action, more);
  const subnet = /<subnetId>(.*?)</.exec(await ec2("DescribeSubnets"))?.[1] ?? "";
  const group = /<groupId>(.*?)</.exec(await ec2("DescribeSecurityGroups"))?.[1] ?? "";
  const imageId = /<imageId>(.*?)</.exec(await ec2("DescribeImages"))?.[1] ?? "";
  const ecs = new ECSClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  return {
    ecs,
    fargate: {
      launchType: "FARGATE",
      networkConfiguration: { awsvpcConfiguration: { subnets: [subnet], securityGroups: [group] } },
    },
    async newMachine() {
      const answer = await ec2("RunInstances", { ImageId: imageId, MinCount: "1", MaxCount: "1" });
      const instanceId = /<instanceId>(.*?)</.exec(answer)?.[1];
      return JSON.stringify({ instanceId });
    },
    async close() {
      ecs.destroy();
      server.kill();
      await exited;
    },
  };
}

async function listeningAt(output: NodeJS.ReadableStream): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: output })) {
    said.push(line);
    const url = /Running on (http:\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    // Its request log has to go on flowing, or moto would stand still.
    output.resume();
    return url;
  }
  throw new Error(`moto did not start:\n${said.join("\n")}`);
}

/** moto finds the service by the scope of the signature, which it does not verify. */
async function askEc2(url: string, action: string, more: Record<string, string>): Promise<string> {
  const authorization =
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0";
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams({ Action: action, Version: "2016-11-15", ...more }),
  });
  return answer.text();
}
