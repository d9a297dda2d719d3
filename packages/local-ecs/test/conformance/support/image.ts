/** What the suite's tasks run. Public, so that ECS itself can pull it. */
export const image = "public.ecr.aws/docker/library/busybox:1.36";
