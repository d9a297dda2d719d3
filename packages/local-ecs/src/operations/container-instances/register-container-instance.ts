import { randomBytes } from "node:crypto";
import type { Attribute, Resource, VersionInfo } from "@aws-sdk/client-ecs";
import { clientException } from "../../server/aws-error";
import { integer, list, opaque, structure, text, type Shape } from "../../server/shape";
import { operation } from "../operation";
import { changedInstance } from "../../state/container-instances/container-instances";
import { showInstance } from "./describe-container-instances";
import { attributes, tags } from "../common-shapes";

const number: Shape<number> = opaque<number>();

const resource = structure({
  name: text(),
  type: text(),
  doubleValue: number,
  longValue: number,
  integerValue: integer(),
  stringSetValue: list(text()),
});

/**
 * For agents. The signature of the identity document is not verified; without a document the instance gets an id.
 * An instance that was registered before, and names its ARN, is updated.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterContainerInstance.html
 */
export const registerContainerInstance = operation({
  name: "RegisterContainerInstance",
  request: structure({
    cluster: text(),
    instanceIdentityDocument: text(),
    instanceIdentityDocumentSignature: text(),
    totalResources: list(resource),
    versionInfo: structure({ agentVersion: text(), agentHash: text(), dockerVersion: text() }),
    containerInstanceArn: text(),
    attributes,
    platformDevices: list(opaque<object>()),
    tags,
  }),
  handle(request, context) {
    const { clusters, containerInstances, clock } = context;
    const cluster = clusters.getActive(request.cluster);
    const machine = readDocument(request.instanceIdentityDocument);
    const said = {
      ...(request.versionInfo === undefined ? {} : { versionInfo: request.versionInfo as VersionInfo }),
      registeredResources: (request.totalResources ?? []).map(withZeros),
      attributes: [...((request.attributes ?? []) as readonly Attribute[]), ...attributesOf(machine)],
    };
    if (request.containerInstanceArn !== undefined) {
      const known = containerInstances.find(cluster, request.containerInstanceArn);
      if (known === undefined) throw clientException("The referenced container instance was not found.");
      const again = changedInstance(known, { ...said, status: "ACTIVE", agentConnected: true });
      return { containerInstance: showInstance(containerInstances.put(again), context, ["TAGS"]) };
    }
    const id = randomBytes(16).toString("hex");
    const record = containerInstances.put({
      clusterArn: cluster.clusterArn,
      tags: request.tags ?? [],
      isDefault: false,
      instance: {
        ...said,
        containerInstanceArn: containerInstances.arnOf(cluster, id),
        ec2InstanceId: machine.instanceId ?? `i-${id.slice(0, 17)}`,
        status: "ACTIVE",
        agentConnected: true,
        registeredAt: new Date(clock.now()),
        version: 1,
      },
    });
    return { containerInstance: showInstance(record, context, ["TAGS"]) };
  },
});

type Machine = Readonly<
  Partial<Record<"instanceId" | "availabilityZone" | "instanceType" | "imageId", string>>
>;

function readDocument(document: string | undefined): Machine {
  if (document === undefined) return {};
  try {
    const machine: unknown = JSON.parse(document);
    if (typeof machine === "object" && machine !== null) return machine;
  } catch {
    // No JSON: said below.
  }
  throw clientException("The instance identity document is not valid.");
}

/** What ECS itself adds of what it knows of the machine. @see developerguide/task-placement-constraints.html#attributes (read 2026-11) */
function attributesOf({ availabilityZone, instanceType, imageId }: Machine): Attribute[] {
  const known = {
    "ecs.availability-zone": availabilityZone,
    "ecs.instance-type": instanceType,
    "ecs.ami-id": imageId,
  };
  return Object.entries(known).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

/** ECS shows every number of a resource, most of them 0. */
function withZeros(given: object): Resource {
  return { doubleValue: 0, longValue: 0, integerValue: 0, ...given };
}
