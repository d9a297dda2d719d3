/**
 * Compares what each entry of the package exports, names and types, with the reports in etc/, and fails when it is
 * something else: a change of what users may rely on has to be seen in a review. `ACCEPT=1` stores the new reports.
 */
import { resolve } from "node:path";
import { Extractor, ExtractorConfig, ExtractorLogLevel } from "@microsoft/api-extractor";

const root = resolve(import.meta.dirname, "..");
const accept = Boolean(process.env.ACCEPT);

/** By report, the declarations that the package's `exports` name. */
const entries = {
  index: "dist/index.d.ts",
  provider: "dist/provider/provider.d.ts",
  local: "dist/local/local-ecs.d.ts",
};

function configFor(name: string, declarations: string): ExtractorConfig {
  const silent = { default: { logLevel: ExtractorLogLevel.None } };
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: resolve(root, "package.json"),
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: resolve(root, declarations),
      newlineKind: "lf",
      compiler: { tsconfigFilePath: resolve(root, "tsconfig.build.json") },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: resolve(root, "etc"),
        reportTempFolder: resolve(root, "node_modules/.cache/api-report"),
        // Shapes that a program meets without a name for them: they may not change unseen either.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: { extractorMessageReporting: silent, tsdocMessageReporting: silent },
    },
  });
}

for (const [name, declarations] of Object.entries(entries)) {
  const { apiReportChanged } = Extractor.invoke(configFor(name, declarations), {
    localBuild: accept,
    messageCallback(message) {
      message.handled = true;
      if (message.logLevel === ExtractorLogLevel.Error) console.error(message.text);
    },
  });
  if (apiReportChanged && !accept) {
    console.error(`etc/${name}.api.md is not what the package exports now: ACCEPT=1 npm run api stores it.`);
    process.exitCode = 1;
  } else {
    console.log(`etc/${name}.api.md ${apiReportChanged ? "stored" : "holds"}`);
  }
}
