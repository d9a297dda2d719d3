/** The four releases of the migration image that the story deploys. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { writeOciImage } from "local-ecs";

const source = join(import.meta.dirname, "../../examples/migration/image");

/** Files of the image's `migrations` folder, and where in the source each is. */
const migrations = {
  shop: "migrations/001_create_shop.sql",
  invoices: "migrations/002_add_invoices.sql",
  refunds: "migrations/003_add_refunds.sql",
  refundsWithMistake: "mistakes/003_add_refunds.sql",
} as const;

const contents = [
  { version: 1, what: "creates the shop", migrations: [migrations.shop] },
  { version: 2, what: "adds invoices", migrations: [migrations.shop, migrations.invoices] },
  {
    version: 3,
    what: "adds refunds, with a mistake in the SQL",
    migrations: [migrations.shop, migrations.invoices, migrations.refundsWithMistake],
  },
  {
    version: 4,
    what: "adds refunds",
    migrations: [migrations.shop, migrations.invoices, migrations.refunds],
  },
] as const;

export interface Release {
  readonly version: number;
  readonly what: string;
  readonly image: string;
  readonly digest: string;
}

/** Builds the images of the given versions into the OCI layout. */
export async function buildReleases(
  layout: string,
  versions: readonly number[],
): Promise<readonly Release[]> {
  const releases: Release[] = [];
  for (const { version, what, migrations } of contents) {
    if (!versions.includes(version)) continue;
    const image = `shop-migrations:v${String(version)}`;
    const files: Record<string, string> = {};
    for (const path of ["migrate.mjs", "smoke-test.mjs", ...migrations]) {
      files[`/app/${path.replace("mistakes/", "migrations/")}`] = await readFile(join(source, path), "utf8");
    }
    const { digest } = await writeOciImage({
      layout,
      reference: image,
      files,
      config: {
        Entrypoint: ["node", "--disable-warning=ExperimentalWarning"],
        Cmd: ["migrate.mjs"],
        WorkingDir: "/app",
      },
    });
    releases.push({ version, what, image, digest });
  }
  return releases;
}

/** The digest as any OCI tool computes it: of the manifest's bytes that the layout has under the image's name. */
export async function digestInLayout(layout: string, image: string): Promise<string> {
  const index = JSON.parse(await readFile(join(layout, "index.json"), "utf8")) as {
    readonly manifests: readonly { readonly digest: string; readonly annotations?: Record<string, string> }[];
  };
  const entry = index.manifests.find(
    ({ annotations }) => annotations?.["org.opencontainers.image.ref.name"] === image,
  );
  if (entry === undefined) throw new Error(`${image} is not in ${layout}`);
  const manifest = await readFile(join(layout, "blobs", entry.digest.replace(":", "/")));
  return `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
}
