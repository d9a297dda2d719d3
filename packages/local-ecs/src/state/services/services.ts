import type { NetworkConfiguration, Tag } from "@aws-sdk/client-ecs";
import { ecsArn, isArn, lastPart, type Account } from "../arn";
import type { ClusterRecord } from "../clusters/clusters";

export interface ServiceRecord {
  readonly serviceArn: string;
  readonly serviceName: string;
  readonly clusterArn: string;
  readonly taskDefinitionArn: string;
  readonly desiredCount: number;
  readonly launchType: "EC2" | "FARGATE";
  readonly networkConfiguration: NetworkConfiguration | undefined;
  /** `ecs-svc/` and 19 digits: the id of its only deployment, and the startedBy of its tasks. */
  readonly deploymentId: string;
  readonly createdAt: Date;
  readonly tags: readonly Tag[];
}

/** The services that were seeded: there is no scheduler behind them. */
export class Services {
  readonly #byArn: Map<string, ServiceRecord>;
  readonly #account: Account;

  constructor(account: Account, byArn = new Map<string, ServiceRecord>()) {
    this.#account = account;
    this.#byArn = byArn;
  }

  put(record: ServiceRecord): ServiceRecord {
    this.#byArn.set(record.serviceArn, record);
    return record;
  }

  get(serviceArn: string): ServiceRecord | undefined {
    return this.#byArn.get(serviceArn);
  }

  in({ clusterArn }: ClusterRecord): readonly ServiceRecord[] {
    return [...this.#byArn.values()].filter((record) => record.clusterArn === clusterArn);
  }

  /** @returns the service only if it belongs to the cluster: ECS does not look into other ones. */
  find(cluster: ClusterRecord, reference: string): ServiceRecord | undefined {
    const record = this.get(this.arnOf(cluster, reference));
    return record?.clusterArn === cluster.clusterArn ? record : undefined;
  }

  /** Also of the old ARNs, `service/name`, which do not name the cluster. */
  arnOf({ clusterName }: ClusterRecord, reference: string): string {
    return isArn(reference) && !/:service\/[^/]+$/.test(reference)
      ? reference
      : ecsArn(this.#account, `service/${clusterName}/${lastPart(reference)}`);
  }
}
