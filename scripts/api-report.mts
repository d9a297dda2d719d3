/**
 * Compares what each entry of the packages exports, names and types, with the reports in etc/, and fails when it is
 * something else: a change of what users may rely on has to be seen in a review. `ACCEPT=1` stores the new reports.
 */
import { join, resolve } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const root = resolve(import.meta.dirname, "..");
const accept = Boolean(process.env.ACCEPT);

interface Entry {
  /** The package's folder. */
  readonly folder: string;
  readonly name: string;
  /** What the package's `exports` name. */
  readonly declarations: string;
}

const entries: readonly Entry[] = [
  { folder: ".", name: "index", declarations: "dist/index.d.ts" },
  { folder: ".", name: "provider", declarations: "dist/provider/provider.d.ts" },
  { folder: "packages/local-ecs", name: "local-ecs", declarations: "dist/api/index.d.ts" },
  { folder: "packages/local-ecs", name: "cli", declarations: "dist/cli/command.d.ts" },
];

function configFor({ folder, name, declarations }: Entry): ExtractorConfig {
  const projectFolder = resolve(root, folder);
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve(projectFolder, "package.json"),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: resolve(projectFolder, declarations),
      newlineKind: "lf",
      compiler: { tsconfigFilePath: resolve(projectFolder, "tsconfig.build.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: resolve(projectFolder, "etc"),
        reportTempFolder: resolve(root, "node_modules/.cache/api-report", folder),
        // Shapes that a program meets without a name for them: they may not change unseen either.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  });
}

for (const entry of entries) {
  const report = join(entry.folder, "etc", `${entry.name}.api.md`);
  const { apiReportChanged } = Extractor.invoke(configFor(entry), {
    localBuild: accept,
    messageCallback(message) {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) console.error(message.text);
    },
  });
  if (apiReportChanged && !accept) {
    console.error(`${report} is not what the package exports now: ACCEPT=1 npm run api stores it.`);
    process.exitCode = 1;
  } else {
    console.log(`${report} ${apiReportChanged ? "stored" : "holds"}`);
  }
}
