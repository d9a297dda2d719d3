import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PulumiCli } from "../pulumi-cli.mts";
import { MARKER } from "./started-processes.mts";

/**
 * Makes the environment for a CLI whose state, credentials and logs are all in `folder`: nothing depends on, or touches,
 * what this machine's user has set up for Pulumi and AWS.
 */
export async function createIsolatedEnvironment(cli: PulumiCli, folder: string): Promise<NodeJS.ProcessEnv> {
  const [backend, temporary] = [join(folder, "backend"), join(folder, "tmp")];
  await mkdir(backend, { recursive: true });
  await mkdir(temporary, { recursive: true });
  const env = Object.entries(cli.env).filter(([name]) => !/^(AWS|PULUMI)_/.test(name));
  return {
    ...Object.fromEntries(env),
    [MARKER]: folder,
    // The CLI's language host leaves its pipes behind.
    TMPDIR: temporary,
    TMP: temporary,
    TEMP: temporary,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_CONFIG_FILE: join(folder, "no-aws-config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "no-aws-credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: pathToFileURL(backend).href,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
