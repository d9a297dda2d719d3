let attached = false;

/**
 * Ends this process when Pulumi's engine is gone.
 *
 * The engine holds the other end of standard input. When it is killed, its dynamic-provider process stays
 * behind: it would go on launching tasks whose results nobody records, and a write to its closed output would
 * send Pulumi's host into an endless loop of errors about errors. So: no error on a closed output, and an end
 * of the input is the end. Tasks are left running; the next `pulumi up` finds them.
 *
 * Source: observed with engine 3.258; `sdk/go/common/resource/plugin/plugin.go` and
 * `sdk/nodejs/cmd/dynamic-provider/index.ts` of pulumi/pulumi.
 */
export function attachToEngine(): void {
  if (attached) return;
  attached = true;
  const ignore = () => undefined;
  process.stdout.on("error", ignore);
  process.stderr.on("error", ignore);
  const end = () => process.exit(0);
  process.stdin.on("end", end).on("close", end).on("error", end).resume();
}
