/** Where tasks run. The names are the same in both regions, as they are in real accounts. */
export const REGIONS = ["eu-central-1", "us-east-1"] as const;
export const CLUSTERS = ["prod", "blue", "green"] as const;
export const ACCOUNT = "123456789012";

/** What a bare family stands for. */
export const LATEST_REVISION = 2;

export function clusterArn(region: string, name: string): string {
  return `arn:aws:ecs:${region}:${ACCOUNT}:cluster/${name}`;
}

/** The name in a name or an ARN. */
export function nameOf(reference: string): string {
  return reference.slice(Math.max(reference.lastIndexOf("/"), reference.lastIndexOf(":cluster/")) + 1);
}

/** The region in an ARN; `undefined` in a name. */
export function regionOf(reference: string): string | undefined {
  return reference.startsWith("arn:") ? reference.split(":")[3] : undefined;
}

/** The family in `app`, `app:1` and an ARN. */
export function familyIn(taskDefinition: string): string {
  return nameOf(taskDefinition).replace(/:.*$/, "");
}
