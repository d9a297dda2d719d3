/** What the package is tried with. The README's section on compatibility says what these tests show, no more. */
import { minVersion } from "semver";
import ours from "../../../package.json";
import installedPulumi from "@pulumi/pulumi/package.json";

/** The ends of the range of SDKs that are supported: the floor of the peer range, and the one of this repository. */
export const pulumiVersions = {
  oldest: minVersion(ours.peerDependencies["@pulumi/pulumi"])?.version ?? "",
  newest: installedPulumi.version,
};

/** Compilers of users' programs, by the name under which the tools have them. 7 has no API that Pulumi could call. */
export const typescriptVersions = { "5.0": "5.0.4", "5.9": "5.9.3", "6.0": "6.0.3", "7.0": "7.0.2" };

export const nodeVersions = { "22": "22.23.3", "24": "24.21.0", "26": "26.9.0" };

export const managerVersions = { yarn1: "1.22.22", yarn4: "4.18.1", pnpm: "12.21.0" };
