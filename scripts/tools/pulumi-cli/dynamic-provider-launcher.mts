/** Pulumi's plugin for dynamic providers is a script: it starts the dynamic provider of the SDK that the program uses. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

const MODULE = "@pulumi/pulumi/cmd/dynamic-provider";
const COMPLAINT = `${MODULE} cannot be found from here; run 'npm install @pulumi/pulumi' in the program's folder`;

/** The engine starts plugins in the program's folder, so that is where the SDK is looked up. */
const posix = `#!/bin/sh
provider=$(node -p 'require.resolve("${MODULE}")' 2>/dev/null) || {
  echo "pulumi-resource-pulumi-nodejs: ${COMPLAINT}" >&2
  exit 1
}
exec node "$provider" "$@"
`;

const windows = `@echo off
setlocal
set "provider="
for /f "delims=" %%i in ('node -p "require.resolve('${MODULE}')" 2^>nul') do set "provider=%%i"
if not defined provider (
  echo pulumi-resource-pulumi-nodejs: ${COMPLAINT} 1>&2
  exit /b 1
)
node "%provider%" %*
`;

export async function writeDynamicProviderLauncher(bin: string): Promise<void> {
  const file = join(bin, "pulumi-resource-pulumi-nodejs");
  await (process.platform === "win32"
    ? writeFile(`${file}.cmd`, windows.replaceAll("\n", "\r\n"))
    : writeFile(file, posix, { mode: 0o755 }));
}
