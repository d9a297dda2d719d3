import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import fc from "fast-check";
import { EcsApiError } from "../../src/aws/ecs-gateway";
import { checkInputs } from "../../src/inputs/check/check-inputs";
import { normaliseInputs } from "../../src/inputs/normalise-inputs";
import { readInputs } from "../../src/inputs/read-inputs";
import { runTaskRequest, startTaskRequest } from "../../src/inputs/run-task-request";
import { inputsNearLimits } from "../support/inputs-near-limits";
import { portsOn } from "../support/ports-on";
import type { RunPorts } from "../../src/run/ports/run-ports";
import { startLab, type Lab } from "../support/lab";

const definition = {
  containerDefinitions: ["app", "web"].map((name) => ({
    ...{ name, image: "nowhere:1" },
    mountPoints: [{ sourceVolume: "data", containerPath: "/data" }],
  })),
  taskRoleArn: "arn:aws:iam::123456789012:role/x",
  volumes: [{ name: "data", configuredAtLaunch: true }],
  cpu: "256",
  memory: "512",
};

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Nothing runs here: the images do not exist. The world is such that only the request can be at fault: its task
 * definitions fit what is asked, their containers, volume and task role are there, the cluster has the capacity
 * providers and an instance. What is left of the world is which platform versions and sizes there are, and whether
 * there is room, which ECS answers by `failures` and not by an error.
 */
describe("inputs that check accepts", function () {
  this.timeout(60_000);
  let lab: Lab;
  let ports: RunPorts;

  before(async () => {
    lab = await startLab({ defaultInstance: false });
    const { ecs } = lab;
    await ecs.send(
      new CreateClusterCommand({ clusterName: "all", capacityProviders: ["FARGATE", "FARGATE_SPOT"] }),
    );
    await ecs.send(
      new CreateClusterCommand({
        clusterName: "fargate",
        capacityProviders: ["FARGATE"],
        defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
      }),
    );
    const totalResources = ["CPU", "MEMORY"].map((name) => ({
      name,
      type: "INTEGER",
      integerValue: 100_000,
    }));
    const attributes = ["com.amazonaws.ecs.capability.task-iam-role", "ecs.capability.task-eni"].map(
      (name) => ({
        name,
      }),
    );
    await ecs.send(new RegisterContainerInstanceCommand({ cluster: "all", totalResources, attributes }));
    await ecs.send(new RegisterTaskDefinitionCommand({ ...definition, family: "on-a-bridge" }));
    await ecs.send(
      new RegisterTaskDefinitionCommand({ ...definition, family: "in-a-vpc", networkMode: "awsvpc" }),
    );
    ports = portsOn(lab);
  });
  after(() => lab.close());

  it("are never refused by ECS for what the request says", async () => {
    let accepted = 0;

    await fc.assert(
      fc.asyncProperty(inputsNearLimits, async (given) => {
        const inputs = { ...given, cluster: clusterFor(given) };
        if (checkInputs(inputs).length > 0 || isForNoCluster(inputs)) return;
        accepted += 1;
        const normal = normaliseInputs(readInputs(inputs));
        const startedBy = normal.startedBy ?? "marker";
        const answer = normal.containerInstances
          ? ports.ecs.startTask(startTaskRequest(normal, startedBy))
          : ports.ecs.runTask(runTaskRequest(normal, startedBy), `token-${accepted}`);
        await answer.catch((error: unknown) => {
          if (!(error instanceof EcsApiError) || !isOfTheWorld(error)) throw error;
        });
      }),
      { numRuns: 1000 },
    );

    assert.ok(accepted > 100, `only ${accepted} inputs were accepted`);
  });
});

/** Which size Fargate has for half of one that is overridden depends on the task definition's other half. */
function isOfTheWorld({ code, message }: EcsApiError): boolean {
  return code === "PlatformUnknownException" || message.includes("No Fargate configuration exists");
}

/** Who asks for what only Fargate has, and does not say where, has a cluster with Fargate as its default. */
function clusterFor(inputs: Inputs): string {
  return !saysWhere(inputs) && ("platformVersion" in inputs || asksForAddress(inputs)) ? "fargate" : "all";
}

/** A public address is for Fargate, which places tasks by itself: no cluster has both, so that the world is at fault. */
function isForNoCluster(inputs: Inputs): boolean {
  const isPlaced = "placementConstraints" in inputs || "orderedPlacementStrategies" in inputs;
  return isPlaced && !saysWhere(inputs) && asksForAddress(inputs);
}

const saysWhere = (inputs: Inputs): boolean =>
  "launchType" in inputs || "capacityProviderStrategies" in inputs;

const asksForAddress = ({ networkConfiguration }: Inputs): boolean =>
  (networkConfiguration as { readonly assignPublicIp?: boolean } | undefined)?.assignPublicIp === true;
