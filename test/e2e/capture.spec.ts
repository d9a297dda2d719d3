import { assertGolden } from "../support/golden";
import { requirePulumi } from "../support/pulumi-required";

describe("the README's picture of a terminal", function () {
  this.timeout(300_000);

  before(requirePulumi);

  it("shows what the real CLI says today of a migration that fails and then passes", async () => {
    const { recordSession } = await import("../../scripts/capture/record-session.mts");

    const text = await recordSession(console.log);

    await assertGolden("terminal.ansi", text);
  });
});
