import type { Files } from "./cache";
import { pulumiVersions, typescriptVersions } from "./versions";

/** A program with one migration, in TypeScript; it is JavaScript too, but for the way it imports. */
const body = `
const config = new pulumi.Config();
const migrate = new EcsTask("migrate", {
  taskDefinition: config.require("taskDefinition"),
  overrides: { containerOverrides: [{ name: "app", command: ["exit", "0"] }] },
});
`;

export const inTypeScript = `
import * as pulumi from "@pulumi/pulumi";
import { EcsTask } from "pulumi-ecs-task";
${body}
export const ran: pulumi.Output<Record<string, string>> = migrate.imageDigests;
`;

export const inJavaScript = `
const pulumi = require("@pulumi/pulumi");
const { EcsTask } = require("pulumi-ecs-task");
${body}
exports.ran = migrate.imageDigests;
`;

export const projectFile = { name: "shop", runtime: "nodejs" };

/** As Pulumi's templates have it. */
const tsconfig = {
  compilerOptions: { strict: true, target: "es2020", module: "node16", moduleResolution: "node16" },
  files: ["index.ts"],
};

/** A program's own package.json. `TARBALL(pulumi-ecs-task)` is where the packed package is. */
export function packageFile(
  dependencies: Readonly<Record<string, string>> = {},
  others: Readonly<Record<string, unknown>> = {},
): object {
  const always = { "@pulumi/pulumi": pulumiVersions.newest, "pulumi-ecs-task": "TARBALL(pulumi-ecs-task)" };
  return {
    name: "infra",
    version: "1.0.0",
    private: true,
    dependencies: { ...always, ...dependencies },
    ...others,
  };
}

/** The files of a program in JavaScript. */
export const javaScriptFiles: Files = {
  "Pulumi.yaml": projectFile,
  "index.js": inJavaScript,
  "package.json": packageFile(),
};

/** The files of a program in TypeScript that Pulumi itself compiles. */
export function typeScriptFiles(
  typescript: string = typescriptVersions["6.0"],
  others: Readonly<Record<string, string>> = {},
): Files {
  return {
    "Pulumi.yaml": projectFile,
    "tsconfig.json": tsconfig,
    "index.ts": inTypeScript,
    "package.json": packageFile({ typescript, ...others }),
  };
}
