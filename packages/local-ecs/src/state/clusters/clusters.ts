import type { Cluster } from "@aws-sdk/client-ecs";
import { AwsError } from "../../server/aws-error";
import { ecsArn, isArn, lastPart, type Account } from "../arn";

export interface ClusterRecord {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly status: "ACTIVE" | "INACTIVE";
  /** What CreateCluster was told: settings, tags, capacity providers, … */
  readonly settings: Partial<Cluster>;
}

/** The clusters of the account; a deleted one stays visible as INACTIVE. */
export class Clusters {
  readonly #byArn: Map<string, ClusterRecord>;
  readonly #account: Account;

  constructor(account: Account, byArn = new Map<string, ClusterRecord>()) {
    this.#account = account;
    this.#byArn = byArn;
  }

  /** Creates the cluster, or returns the active one of that name. */
  create(clusterName: string, settings: Partial<Cluster>): ClusterRecord {
    const clusterArn = this.arnOf(clusterName);
    const existing = this.#byArn.get(clusterArn);
    if (existing?.status === "ACTIVE") return existing;
    return this.put({ clusterArn, clusterName, status: "ACTIVE", settings });
  }

  deactivate(cluster: ClusterRecord): ClusterRecord {
    return this.put({ ...cluster, status: "INACTIVE" });
  }

  put(cluster: ClusterRecord): ClusterRecord {
    this.#byArn.set(cluster.clusterArn, cluster);
    return cluster;
  }

  /** @param reference - name or ARN; `default` when absent, as ECS does. */
  find(reference: string | undefined): ClusterRecord | undefined {
    return this.#byArn.get(this.arnOf(reference));
  }

  /** Finds a cluster that can be used. Texts observed on AWS by users of several SDKs. */
  getActive(reference: string | undefined): ClusterRecord {
    const cluster = this.find(reference);
    if (cluster === undefined) throw new AwsError("ClusterNotFoundException", "Cluster not found.");
    if (cluster.status === "INACTIVE")
      throw new AwsError("ClusterNotFoundException", "The referenced cluster was inactive.");
    return cluster;
  }

  active(): readonly ClusterRecord[] {
    return [...this.#byArn.values()].filter(({ status }) => status === "ACTIVE");
  }

  arnOf(reference: string | undefined): string {
    const name = reference === undefined || reference === "" ? "default" : reference;
    return isArn(name) ? name : ecsArn(this.#account, `cluster/${lastPart(name)}`);
  }
}
