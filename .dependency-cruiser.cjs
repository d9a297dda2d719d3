/** The import directions of CONTRIBUTING.md, as rules. */
const room = (name, others) => ({
  name: `${name}-knows-its-neighbours`,
  comment: "Which rooms a room may know, of types too: CONTRIBUTING.md.",
  severity: "error",
  from: { path: `^src/${name}/` },
  to: { path: "^src/", pathNot: [`^src/${name}/`, "^src/time-limits\\.ts$", ...others] },
});

/** What the pure rooms may load. */
const PURE = ["^src/(text|inputs|outcome)/", "^src/aws/arn\\.ts$", "^src/time-limits\\.ts$"];

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
    only("text-is-pure", "^src/text/", ["^src/text/", "^crypto$"], "Knows nothing of tasks."),
    only("inputs-are-pure", "^src/inputs/", PURE, "Decides, and asks nobody."),
    only(
      "outcome-is-pure",
      "^src/outcome/(?!logs/|explain/explain-run\\.ts$)",
      PURE,
      "Decides, and asks nobody; only its log lines are read from somewhere.",
    ),
    {
      name: "program-side-is-light",
      comment: "Importing the package in a Pulumi program must not load an AWS SDK.",
      severity: "error",
      from: { path: "^src/([^/]+\\.ts$|program/)" },
      to: {
        pathNot: [
          "^src/[^/]+\\.ts$",
          "^src/(program|inputs|text)/",
          "^src/aws/arn\\.ts$",
          "node_modules/@pulumi/pulumi",
          "^(node:)?(module|path|util)$",
        ],
        dependencyTypesNot: ["type-only", "type-import", "require"],
      },
    },
    {
      name: "look-ups-load-late",
      comment: "What looks something up is loaded when it is asked for.",
      severity: "error",
      from: { path: "^src/([^/]+\\.ts$|program/)" },
      to: {
        path: "^src/",
        pathNot: [
          "^src/provider/(look-up-connection|known-error)\\.ts$",
          "^src/lookup/",
          "^src/inputs/check/check-look-up\\.ts$",
        ],
        dependencyTypes: ["require"],
      },
    },
    room("text", []),
    room("inputs", [
      "^src/text/",
      "^src/aws/arn\\.ts$",
      "^src/outcome/(essential-containers|expectation)\\.ts$",
    ]),
    room("outcome", [
      "^src/(text|inputs)/",
      "^src/aws/(arn|ecs-gateway|pace/clock)\\.ts$",
      "^src/run/task-state\\.ts$",
      "^src/errors\\.ts$",
    ]),
    room("aws", [
      "^src/(text|inputs)/",
      "^src/outcome/(task-record|logs/(log-gateway|log-target))\\.ts$",
      "^src/errors\\.ts$",
    ]),
    room("registry", ["^src/text/", "^src/aws/(ecs-gateway|connect/|errors/)", "^src/errors\\.ts$"]),
    room("run", ["^src/(text|inputs|outcome|aws)/", "^src/errors\\.ts$"]),
    room("lookup", ["^src/(text|inputs|outcome|aws|registry|run)/", "^src/errors\\.ts$"]),
    room("provider", ["^src/(text|inputs|outcome|aws|registry|run|lookup)/", "^src/errors\\.ts$"]),
    room("cli", ["^src/(text|outcome|aws|lookup|provider)/", "^src/errors\\.ts$"]),
    {
      name: "pulumi-at-the-edges",
      comment: "Only the program's side and the provider know Pulumi.",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/[^/]+\\.ts$", "^src/(program|provider)/"] },
      to: { path: "node_modules/@pulumi/" },
    },
    only(
      "registry-knows-no-tasks",
      "^src/registry/",
      [
        "^src/registry/",
        "^src/text/(plain-text|canonical-json)\\.ts$",
        "^src/aws/(connect/(client-config|request-handler)|errors/classify-error)\\.ts$",
        "^src/(errors|time-limits)\\.ts$",
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
      name: "local-ecs-stands-alone",
      comment: "The local ECS is a second opinion: it must not share code with what it judges.",
      severity: "error",
      from: { path: "^packages/local-ecs/src/" },
      to: { path: "^(src|test|scripts|bench)/|node_modules/pulumi-ecs-task" },
    },
    {
      name: "local-ecs-needs-little",
      comment: "Its package.json has these dependencies.",
      severity: "error",
      from: { path: "^packages/local-ecs/src/" },
      to: { path: "node_modules/", pathNot: "node_modules/(@aws-sdk/client-ecs|tar)/" },
    },
    {
      name: "nothing-ships-local-ecs",
      comment: "The command line finds it in the user's project when it is asked for.",
      severity: "error",
      from: { path: "^src/" },
      to: { path: "^packages/|node_modules/local-ecs" },
    },
    {
      name: "sdk-behind-gateways",
      comment: "Only the gateways and their client factory talk to AWS.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(aws|registry)/" },
      to: { path: "node_modules/@(aws-sdk|smithy)", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-dev-dependencies-in-src",
      severity: "error",
      from: { path: "^(packages/local-ecs/)?src/" },
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
