/** The import directions of CONTRIBUTING.md, as rules. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ["type-only"] },
});

module.exports = {
  forbidden: [
    {
      name: "no-circular",
      severity: "error",
      from: {},
      to: { circular: true, dependencyTypesNot: ["type-only"] },
    },
    only("task-is-pure", "^src/task/", ["^src/task/", "^crypto$"], "The pure centre knows only itself."),
    only(
      "program-side-is-light",
      "^src/(index|ecs-task|serialized)\\.ts$",
      [
        "^src/(ecs-task|ecs-task-args|get-[a-z-]+|missing-provider|serialized|errors)\\.ts$",
        "^src/task/",
        "node_modules/@pulumi/pulumi",
      ],
      "Importing the package in a Pulumi program must not load an AWS SDK.",
    ),
    only(
      "registry-knows-no-tasks",
      "^src/registry/",
      [
        "^src/registry/",
        "^src/task/image-(repository|index)\\.ts$",
        "^src/ecs/(client-config|classify-error)\\.ts$",
        "^src/errors\\.ts$",
        "node_modules/@aws-sdk/client-ecr/",
        "^(node:)?(crypto|child_process|fs/promises|os|path)$",
      ],
      "Registries hold images: who runs them is no matter of theirs.",
    ),
    {
      name: "ecr-is-asked-for-in-one-place",
      comment: "It is an optional peer dependency: nothing else may fail without it.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/registry/ecr-registry\\.ts$" },
      to: { path: "node_modules/@aws-sdk/client-ecr/" },
    },
    {
      name: "local-stands-alone",
      comment: "The local ECS is a second opinion: it must not share code with what it judges.",
      severity: "error",
      from: { path: "^src/local/" },
      to: { path: "^src/(?!local/)" },
    },
    {
      name: "local-needs-little",
      comment: "It could be published alone, with these dependencies.",
      severity: "error",
      from: { path: "^src/local/" },
      to: { path: "node_modules/", pathNot: "node_modules/(@aws-sdk/client-ecs|tar)/" },
    },
    {
      name: "nothing-ships-local-but-the-cli",
      severity: "error",
      from: { path: "^src/(?!local/|cli/)" },
      to: { path: "^src/local/" },
    },
    {
      name: "sdk-behind-gateways",
      comment: "Only the gateways, their client factory and the local agent talk to AWS.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(ecs|logs|registry|local)/" },
      to: { path: "node_modules/@(aws-sdk|smithy)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-dev-dependencies-in-src",
      severity: "error",
      from: { path: "^src/" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["npm-peer", "type-only"] },
    },
    { name: "not-to-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["require", "node", "default", "types"],
    },
  },
};
