import { ClientTokens } from "./client-tokens";
import { clusterArn } from "./places";

/** A cluster of one region. */
export class VirtualCluster {
  readonly region: string;
  readonly name: string;
  isDeleted = false;
  /** Whether ListTasks is denied here. */
  isListingDenied = false;
  tokens = new ClientTokens();

  constructor(region: string, name: string) {
    this.region = region;
    this.name = name;
  }

  get arn(): string {
    return clusterArn(this.region, this.name);
  }
}
