/** Downloads the CLI with Pulumi's own installer, through the Automation API. */

/** The installer that `PulumiCommand.install` runs. */
const INSTALLER = "https://get.pulumi.com/install.sh";

/** Says within seconds whether the installer can be reached at all: a machine without a way out has to find out quickly. */
export async function canDownload(signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(INSTALLER, {
      method: "HEAD",
      signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

/** Installs into `root`, so that the programs are in `<root>/bin`. */
export async function downloadCli(root: string, version: string): Promise<void> {
  const { PulumiCommand } = await import("@pulumi/pulumi/automation/index.js");
  const { SemVer } = await import("semver");
  await PulumiCommand.install({ root, version: new SemVer(version) });
}
