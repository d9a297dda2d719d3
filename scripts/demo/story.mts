/** The chapters in which the example is deployed. Whatever they say of a result is checked. */
import type { Task, TaskOverride } from "@aws-sdk/client-ecs";
import { chapter, claim, say, showTable } from "../terminal/narrator.mts";
import { readTables, type Table } from "./database.mts";
import { container, type LocalStage } from "./local-stage.mts";
import type { CommandResult, PulumiSession } from "./pulumi-session.mts";
import { buildReleases, digestInLayout, type Release } from "./releases.mts";

export interface Scene {
  readonly stage: LocalStage;
  readonly pulumi: PulumiSession;
  /** File of the database that the tasks migrate. */
  readonly database: string;
}

/** The example's stack outputs, which are outputs of its migration too. */
interface Outputs {
  readonly imageDigests?: Readonly<Record<string, string>>;
  readonly exitCodes?: Readonly<Record<string, number>>;
  readonly taskArn?: string;
  readonly outcome?: string;
  readonly lastStatus?: string;
}

interface StackExport {
  readonly deployment: {
    readonly resources?: readonly { readonly urn: string; readonly outputs?: Outputs }[];
  };
}

export async function buildFirstReleases({ stage }: Scene): Promise<readonly Release[]> {
  const releases = await buildReleases(stage.layout, [1, 2]);
  await showReleases(stage, releases);
  return releases;
}

export async function migrateForTheFirstTime(scene: Scene, release: Release): Promise<void> {
  const { pulumi, stage, database } = scene;
  chapter("The first migration");
  await deploy(scene, release);
  say();
  showTables("before", database);

  await pulumi.run("preview");
  claim("the preview ran nothing", (await stage.tasks()).length === 0);
  say();
  await pulumi.run("up", "--yes", "--skip-preview");
  const [migration, smokeTest] = await stage.tasks();
  claim(
    "two tasks ran: the migration, then the smoke test",
    isMigration(migration) && isSmokeTest(smokeTest),
  );
  claimRecord(await outputsOf(scene), release);
  claim(
    "up went on when the work was done: ECS still showed the migration DEPROVISIONING, as Fargate does for 13 s",
    (await recordedRun(scene)).lastStatus === "DEPROVISIONING",
  );
  say();
  const tables = showTables("after", database);
  claim(
    "the migration really ran",
    tables.some(({ name, rows }) => name === "customers" && rows === 3),
  );
}

export async function deployUnchangedAndChanged(scene: Scene, release: Release): Promise<void> {
  const { pulumi, stage, database } = scene;
  chapter("Nothing changed, then a new image");
  const before = await stage.tasks();
  const unchanged = await pulumi.run("up", "--yes", "--skip-preview");
  claim(
    "nothing changed, so no task ran",
    unchanged.code === 0 && (await stage.tasks()).length === before.length,
  );
  say();

  const digestBefore = (await outputsOf(scene)).imageDigests?.[container];
  const taskDefinition = await deploy(scene, release);
  const preview = await pulumi.run("preview");
  claim(
    "the preview says that a new task will run, and why",
    preview.output.includes("will run a new task") && preview.output.includes(taskDefinition),
  );
  claim("the preview ran nothing", (await stage.tasks()).length === before.length);
  say();
  await pulumi.run("up", "--yes", "--skip-preview");
  claim("up ran the migration and the smoke test", (await stage.tasks()).length === before.length + 2);
  claimRecord(await outputsOf(scene), release);
  claim("the digest is another one than before", digestBefore !== release.digest);
  say();
  const tables = showTables("after", database);
  claim(
    "the paid orders have invoices",
    tables.some(({ name, rows }) => name === "invoices" && rows === 3),
  );
}

export async function failAndRecover(scene: Scene): Promise<void> {
  const { pulumi, stage, database } = scene;
  chapter("A migration that fails, and its correction");
  const [broken, corrected] = await buildReleases(stage.layout, [3, 4]);
  if (broken === undefined || corrected === undefined) throw new Error("releases 3 and 4 are missing");
  await showReleases(stage, [broken, corrected]);
  say();

  const [tablesBefore, tasksBefore] = [readTables(database), await stage.tasks()];
  await deploy(scene, broken);
  const failed = await pulumi.attempt("up", "--yes", "--skip-preview");
  claimFailureIsExplained(failed);
  const tasks = (await stage.tasks()).slice(tasksBefore.length);
  claim("the smoke test did not run: only the migration did", tasks.length === 1 && isMigration(tasks[0]));
  claim("the database is as it was", JSON.stringify(readTables(database)) === JSON.stringify(tablesBefore));
  claimRecord(await recordedRun(scene), broken, { outcome: "FAILED", exitCode: 1 });
  say();

  await deploy(scene, corrected);
  await pulumi.run("up", "--yes", "--skip-preview");
  claimRecord(await outputsOf(scene), corrected);
  say();
  const tables = showTables("after", database);
  claim(
    "the refunds are there",
    tables.some(({ name }) => name === "refunds"),
  );
}

export async function destroy({ pulumi, stage }: Scene): Promise<void> {
  chapter("The end");
  const tasks = await stage.tasks();
  say("What ran, as ECS tells it:");
  showTable(
    ["task", "command", "exit code", "image digest"],
    tasks.map(({ taskArn, overrides, containers }) => [
      taskArn?.split("/").at(-1) ?? "",
      commandOf(overrides),
      containers?.[0]?.exitCode ?? "",
      containers?.[0]?.imageDigest ?? "",
    ]),
  );
  say();
  say("Destroy waits for the network interfaces, because their security group may go next.");
  await pulumi.run("destroy", "--yes", "--skip-preview");
  const state = (await pulumi.ask("stack", "export")) as StackExport;
  claim("the stack is empty", (state.deployment.resources ?? []).length === 0);
  claim("destroy ran no task", (await stage.tasks()).length === tasks.length);
}

/** Registers the release and gives it to the example, as a build pipeline would. */
async function deploy({ stage, pulumi }: Scene, release: Release): Promise<string> {
  const taskDefinition = await stage.register(release);
  say(`Task definition ${taskDefinition} has the image ${release.image}, which ${release.what}.`);
  await pulumi.run("config", "set", "taskDefinition", taskDefinition);
  return taskDefinition;
}

async function showReleases({ layout }: LocalStage, releases: readonly Release[]): Promise<void> {
  showTable(
    ["image", "what it does", "digest"],
    releases.map(({ image, what, digest }) => [image, what, digest]),
  );
  for (const { image, digest } of releases) {
    claim(
      `the sha256 of the manifest of ${image} is its digest`,
      (await digestInLayout(layout, image)) === digest,
    );
  }
}

async function outputsOf({ pulumi }: Scene): Promise<Outputs> {
  return (await pulumi.ask("stack", "output", "--json")) as Outputs;
}

/** Pulumi drops the outputs of a stack whose update failed; the failed run is in the state all the same. */
async function recordedRun({ pulumi }: Scene): Promise<Outputs> {
  const { deployment } = (await pulumi.ask("stack", "export")) as StackExport;
  return deployment.resources?.find(({ urn }) => urn.endsWith("::migrate"))?.outputs ?? {};
}

function claimRecord(
  { outcome, exitCodes, imageDigests }: Outputs,
  { image, digest }: Release,
  expected = { outcome: "SUCCEEDED", exitCode: 0 },
): void {
  claim(
    `the state says ${expected.outcome}, exit code ${String(expected.exitCode)}`,
    outcome === expected.outcome && exitCodes?.[container] === expected.exitCode,
  );
  claim(`the digest that ECS reported is that of ${image}`, imageDigests?.[container] === digest);
}

function claimFailureIsExplained({ code, output }: CommandResult): void {
  claim("up failed", code !== 0);
  claim(
    "the error names the container and its exit code",
    /migrate.*exited? (with )?(code )?1/i.test(output),
  );
  claim("the error says what to do", output.includes("What to do"));
  claim("the error has the container's last words", output.includes('near "AD": syntax error'));
}

function showTables(when: string, database: string): readonly Table[] {
  const tables = readTables(database);
  if (tables.length === 0) say(`The database ${when}: no tables.`);
  else {
    say(`The database ${when}:`);
    showTable(
      ["table", "rows", "columns"],
      tables.map(({ name, rows, columns }) => [name, rows, columns.join(", ")]),
    );
  }
  return tables;
}

/** The image's own command is the migration. */
function commandOf(overrides: TaskOverride | undefined): string {
  return overrides?.containerOverrides?.[0]?.command?.join(" ") ?? "migrate.mjs";
}

function isSmokeTest(task: Task | undefined): boolean {
  return task !== undefined && commandOf(task.overrides) === "smoke-test.mjs";
}

function isMigration(task: Task | undefined): boolean {
  return task !== undefined && commandOf(task.overrides) === "migrate.mjs";
}
