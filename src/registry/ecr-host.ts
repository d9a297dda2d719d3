/** A private registry of Amazon ECR. */
export interface EcrHost {
  readonly registryId: string;
  readonly region: string;
}

/**
 * `<account>.dkr.ecr.<region>.amazonaws.com`, with `-fips`, and the same for IPv6 (`dkr-ecr`, `on.aws`), in all
 * partitions that are public.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ecr.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
 */
const HOST =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.(?:com|com\.cn|eu)|on\.(?:aws|amazonwebservices\.com\.cn))$/;

/** The account and region that the host of a private ECR registry names; `undefined` for any other registry. */
export function ecrHost(registry: string): EcrHost | undefined {
  const [, registryId, region] = HOST.exec(registry) ?? [];
  return registryId && region ? { registryId, region } : undefined;
}
