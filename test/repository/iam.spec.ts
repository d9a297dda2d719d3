import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "../..");

/** What no command of ours asks for by its name: what ECS checks itself, and what the SDK's credentials do. */
const WITHOUT_COMMAND = ["ecs:TagResource", "iam:PassRole", "sts:AssumeRole"];

const SERVICES: Readonly<Record<string, string>> = { ecs: "ecs", ecr: "ecr", "cloudwatch-logs": "logs" };

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

/** The API calls that the gateways make commands or paginators for, as IAM names them; each talks to one service. */
function actionsInCode(): string[] {
  const folders = ["src/aws", "src/registry"].map((folder) => join(repository, folder));
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8")),
  );
  return texts.flatMap((text) => {
    const client = /"@aws-sdk\/client-([^"]+)"/.exec(text)?.[1] ?? "";
    return [...text.matchAll(/\bnew (\w+)Command\(|\bpaginate(\w+)\(/g)].map(
      ([, command, pages]) => `${SERVICES[client] ?? client}:${command ?? pages ?? ""}`,
    );
  });
}

function actionsInPolicy(document: string): string[] {
  const [, policy = ""] = /```json\n(.*?)```/s.exec(document) ?? [];
  const { Statement } = JSON.parse(policy) as { Statement: readonly Statement[] };
  return Statement.flatMap(({ Action }) => Action);
}

describe("docs/iam.md", () => {
  const document = readFileSync(join(repository, "docs/iam.md"), "utf8");
  const needed = [...new Set([...actionsInCode(), ...WITHOUT_COMMAND])].sort();

  it("has a policy that allows what the code asks AWS for, and nothing else", () => {
    assert.ok(needed.includes("ecs:ListTasks") && needed.includes("logs:GetLogEvents"), String(needed));
    assert.deepStrictEqual(actionsInPolicy(document).sort(), needed);
  });

  it("says of each permission which feature needs it, and of no other", () => {
    const rows = [...document.matchAll(/^\| `(\w+:\w+)` +\| .+? \| (.+?) \|/gm)];

    assert.deepStrictEqual(rows.map(([, action]) => action).sort(), needed);
  });
});
