import { createHash } from "node:crypto";
import type { ContainerInstance, Resource, Tag } from "@aws-sdk/client-ecs";
import { ecsArn, isArn, type Account } from "../arn";
import type { ClusterRecord } from "../clusters/clusters";
import { capabilities } from "./capabilities";

type Known =
  | "containerInstanceArn"
  | "ec2InstanceId"
  | "registeredResources"
  | "attributes"
  | "version"
  | "registeredAt";

export type StoredContainerInstance = ContainerInstance & {
  readonly [K in Known]-?: NonNullable<ContainerInstance[K]>;
} & { readonly status: "ACTIVE" | "DRAINING" | "INACTIVE"; readonly agentConnected: boolean };

/** A container instance but for what follows from the tasks on it. */
export interface ContainerInstanceRecord {
  readonly instance: StoredContainerInstance;
  readonly clusterArn: string;
  readonly tags: readonly Tag[];
  /** The one that every cluster has from the beginning: this machine. */
  readonly isDefault: boolean;
}

/** Larger than any test needs: what "this machine" offers to tasks is not counted. */
const PLENTY = 2 ** 30;

/** The container instances of the account, in the order of their registration. A deregistered one stays as INACTIVE. */
export class ContainerInstances {
  readonly #byArn: Map<string, ContainerInstanceRecord>;
  readonly #account: Account;

  constructor(account: Account, byArn = new Map<string, ContainerInstanceRecord>()) {
    this.#account = account;
    this.#byArn = byArn;
  }

  put(record: ContainerInstanceRecord): ContainerInstanceRecord {
    this.#byArn.set(record.instance.containerInstanceArn, record);
    return record;
  }

  /** Registers this machine, large and able enough for every task. */
  putDefault(cluster: ClusterRecord, now: number): void {
    const id = createHash("sha256").update(cluster.clusterArn).digest("hex").slice(0, 32);
    this.put({
      clusterArn: cluster.clusterArn,
      tags: [],
      isDefault: true,
      instance: {
        containerInstanceArn: this.arnOf(cluster, id),
        ec2InstanceId: `i-${id.slice(0, 17)}`,
        status: "ACTIVE",
        agentConnected: true,
        registeredResources: resourcesOf(PLENTY),
        attributes: [
          ...capabilities.map((name) => ({ name })),
          { name: "ecs.availability-zone", value: `${this.#account.region}a` },
          { name: "ecs.os-type", value: "linux" },
        ],
        registeredAt: new Date(now),
        version: 1,
      },
    });
  }

  find(cluster: ClusterRecord, reference: string): ContainerInstanceRecord | undefined {
    const record = this.#byArn.get(this.arnOf(cluster, reference));
    return record?.clusterArn === cluster.clusterArn ? record : undefined;
  }

  get(containerInstanceArn: string): ContainerInstanceRecord | undefined {
    return this.#byArn.get(containerInstanceArn);
  }

  /** Those that are registered: ACTIVE or DRAINING. */
  in({ clusterArn }: ClusterRecord): readonly ContainerInstanceRecord[] {
    return [...this.#byArn.values()].filter(
      (record) => record.clusterArn === clusterArn && record.instance.status !== "INACTIVE",
    );
  }

  arnOf(cluster: ClusterRecord, reference: string): string {
    return isArn(reference)
      ? reference
      : ecsArn(this.#account, `container-instance/${cluster.clusterName}/${reference}`);
  }
}

export function changedInstance(
  record: ContainerInstanceRecord,
  change: Partial<StoredContainerInstance>,
): ContainerInstanceRecord {
  return { ...record, instance: { ...record.instance, ...change, version: record.instance.version + 1 } };
}

/** The ports are those of ssh, Docker and the agent, which every ECS host keeps for itself. @see API_ContainerInstance.html */
function resourcesOf(amount: number): Resource[] {
  const number = { type: "INTEGER", doubleValue: 0, longValue: 0, integerValue: amount };
  const ports = { type: "STRINGSET", doubleValue: 0, longValue: 0, integerValue: 0 };
  return [
    { name: "CPU", ...number },
    { name: "MEMORY", ...number },
    { name: "PORTS", ...ports, stringSetValue: ["22", "2376", "2375", "51678", "51679"] },
    { name: "PORTS_UDP", ...ports, stringSetValue: [] },
  ];
}
