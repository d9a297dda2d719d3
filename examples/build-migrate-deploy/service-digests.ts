import * as pulumi from "@pulumi/pulumi";
import { getRunningImagesOutput } from "pulumi-ecs-task";
import { CONTAINER } from "./migrate";

/** What of an `aws.ecs.Service` is needed. Its outputs are there when its deployment has ended. */
interface Service {
  readonly cluster: pulumi.Output<string>;
  readonly name: pulumi.Output<string>;
}

/**
 * The digests that the tasks of a service run, each once: one after a deployment, two while tasks of the version before
 * still run. `unknown` stands for tasks of which ECS gives none.
 */
export function serviceDigests({ cluster, name }: Service): pulumi.Output<string[]> {
  return pulumi.all([getRunningImagesOutput({ cluster }), name]).apply(([{ containers }, serviceName]) => {
    const ours = containers.filter(
      (each) => each.serviceName === serviceName && each.containerName === CONTAINER,
    );
    return [...new Set(ours.map(({ imageDigest }) => imageDigest ?? "unknown"))];
  });
}
