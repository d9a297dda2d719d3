import type { ECRClient } from "@aws-sdk/client-ecr";
import { classifyError, errorCode, errorText } from "../aws/errors/classify-error";
import { ecrClientConfig, type AwsSettings } from "../aws/connect/client-config";
import { EcsTaskError } from "../errors";
import { MANIFEST_TYPES } from "./image-index";
import type { ImageRepository } from "./image-repository";
import { ecrHost } from "./ecr-host";
import { RegistryError, type ManifestSource } from "./manifest-source";

/**
 * Manifests from Amazon ECR, with AWS credentials instead of Docker's.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
 */
export class EcrRegistry implements ManifestSource {
  readonly #settings: AwsSettings;
  /** By region. */
  readonly #clients = new Map<string, ECRClient>();

  constructor(settings: AwsSettings) {
    this.#settings = settings;
  }

  async manifest({ registry, path }: ImageRepository, digest: string): Promise<Buffer> {
    const host = ecrHost(registry);
    if (host === undefined) throw new RegistryError("rejected", `${registry} is no host of Amazon ECR`);
    const { ECRClient, BatchGetImageCommand } = loadClient();
    const client =
      this.#clients.get(host.region) ?? new ECRClient(ecrClientConfig(this.#settings, host.region));
    this.#clients.set(host.region, client);
    const command = new BatchGetImageCommand({
      registryId: host.registryId,
      repositoryName: path,
      imageIds: [{ imageDigest: digest }],
      acceptedMediaTypes: [...MANIFEST_TYPES],
    });
    const { images = [], failures = [] } = await client.send(command).catch((error: unknown) => {
      const message = `BatchGetImage failed (${errorCode(error)}): ${errorText(error)}`;
      throw new RegistryError(classifyError(error), message, { cause: error });
    });
    const text = images[0]?.imageManifest;
    if (text !== undefined) return Buffer.from(text, "utf8");
    const { failureCode = "no image in its answer", failureReason } = failures[0] ?? {};
    const kind = failureCode === "ImageNotFound" ? "notFound" : "rejected";
    throw new RegistryError(
      kind,
      `BatchGetImage answered ${failureCode}${failureReason ? `: ${failureReason}` : ""}`,
    );
  }
}

/* eslint-disable @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports -- loaded at the first need, and in CommonJS */
/** An optional peer dependency: most programs never ask ECR. */
function loadClient(): typeof import("@aws-sdk/client-ecr") {
  try {
    return require("@aws-sdk/client-ecr") as typeof import("@aws-sdk/client-ecr");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new EcsTaskError(
      "NO_ECR_CLIENT",
      "Asking Amazon ECR needs the package @aws-sdk/client-ecr, which is not installed. Install it beside pulumi-ecs-task: npm install @aws-sdk/client-ecr",
      { cause: error },
    );
  }
}
