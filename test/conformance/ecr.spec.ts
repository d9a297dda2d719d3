import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import type { AwsSettings } from "../../src/aws/connect/client-config";
import { Registries } from "../../src/registry/registries";
import { askRegistries } from "../../src/lookup/ask-registries";
import { indexCandidates } from "../../src/lookup/index-candidates";
import { startMoto } from "../../packages/local-ecs/test/conformance/support/moto";
import type { Target } from "../../packages/local-ecs/test/conformance/support/target";

const ACCOUNT = "123456789012";
const repositoryName = "shop/app";
const platform = (digit: string) => `sha256:${digit.repeat(64)}`;
const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** An index as docker buildx makes them, with an attestation beside the image. */
const INDEX_TYPE = "application/vnd.oci.image.index.v1+json";
const index = JSON.stringify(
  {
    schemaVersion: 2,
    mediaType: INDEX_TYPE,
    manifests: ["a", "b"].map((digit) => ({
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      digest: platform(digit),
      size: 1,
      platform: { architecture: digit === "a" ? "amd64" : "unknown", os: "linux" },
    })),
  },
  undefined,
  2,
);

/** The only ECR here is moto's: the local ECS has none, and an account is not filled with images for a test. */
describe("Amazon ECR, asked for a manifest", function () {
  // moto takes its time to start where the machine is busy.
  this.timeout(120_000);
  let moto: Target | undefined;
  let settings: AwsSettings;
  let ecr: ECRClient;
  let registry: string;

  before(async function () {
    if (process.env.TARGET !== "moto") return this.skip();
    moto = await startMoto();
    const { protocol, hostname, port } = await moto.ecs.config.endpoint!();
    const endpoint = `${protocol}//${hostname}:${port ?? 80}`;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    // Another region than that of the images, which their names say.
    settings = { region: "us-east-1", ecrEndpoint: endpoint, credentials, maxAttempts: 1 };
    ecr = new ECRClient({ endpoint, region: "eu-west-1", credentials });
    registry = `${ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com`;
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    await put("multi", digestOf(index));
  });
  after(async () => {
    (ecr as ECRClient | undefined)?.destroy();
    await moto?.close();
  });

  const put = (imageTag: string, imageDigest: string, imageManifest = index) =>
    ecr.send(
      new PutImageCommand({
        repositoryName,
        imageTag,
        imageDigest,
        imageManifest,
        imageManifestMediaType: INDEX_TYPE,
      }),
    );

  const ask = (imageDigest: string, wanted: string, name = repositoryName) => {
    const running = {
      clusterArn: "cluster",
      taskArn: "task",
      taskDefinitionArn: "app:1",
      containerName: "app",
      lastStatus: "RUNNING",
      image: `${registry}/${name}:multi`,
      imageDigest,
    };
    return askRegistries({ source: new Registries(settings) }, wanted, indexCandidates([running], []));
  };

  it("says by its index which platforms it is for", async () => {
    const held = await ask(digestOf(index), platform("a"));
    const other = await ask(digestOf(index), platform("c"));

    assert.deepEqual(held, { imageIndexDigests: [digestOf(index)], unanswered: [] });
    assert.deepEqual(other, { imageIndexDigests: [], unanswered: [] });
  });

  it("has its answer checked against the digest", async () => {
    const forged = JSON.stringify({ ...(JSON.parse(index) as object), annotations: { forged: "yes" } });
    await put("forged", platform("d"), forged);

    const { imageIndexDigests, unanswered } = await ask(platform("d"), platform("a"));

    assert.deepEqual(imageIndexDigests, []);
    assert.equal(unanswered[0]!.message, `it answered other bytes, whose digest is ${digestOf(forged)}`);
  });

  it("says that it has no such image or repository", async () => {
    const image = await ask(platform("e"), platform("a"));
    const repository = await ask(digestOf(index), platform("a"), "shop/none");

    const said = [...image.unanswered, ...repository.unanswered];
    assert.deepEqual(
      said.map(({ reason }) => reason),
      ["notFound", "notFound"],
    );
    assert.match(said[0]!.message, /^BatchGetImage answered ImageNotFound: /);
    assert.match(said[1]!.message, /^BatchGetImage failed \(RepositoryNotFoundException\): /);
  });
});
