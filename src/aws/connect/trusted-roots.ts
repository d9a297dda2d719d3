import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import * as tls from "node:tls";
import { parseKnownFiles } from "@smithy/core/config";
import { ConfigurationError } from "./proxies";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What TLS connections trust, if that is more than Node.js trusts by itself: the certificates of `AWS_CA_BUNDLE`, else of
 * the profile's `ca_bundle`.
 *
 * @param profile - the one that the settings name; `undefined`: the environment's, else `default`.
 * @throws ConfigurationError when the file that is named does not hold certificates.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html
 */
export async function trustedRoots(
  profile: string | undefined,
  environment: Environment,
): Promise<tls.SecureContext | undefined> {
  const bundle = await caBundle(profile, environment);
  if (bundle === undefined) return undefined;
  const added = await certificatesIn(bundle);
  // Made once: reading some hundred certificates takes twenty milliseconds, which each connection would take again.
  return tls.createSecureContext({ ca: [...rootsOfNode(environment), ...added] });
}

interface Bundle {
  readonly file: string;
  /** What names it. */
  readonly by: string;
}

async function caBundle(profile: string | undefined, environment: Environment): Promise<Bundle | undefined> {
  const { AWS_CA_BUNDLE: named, AWS_PROFILE: usual } = environment;
  if (named) return { file: named, by: "AWS_CA_BUNDLE" };
  const name = profile ?? (usual === undefined || usual === "" ? "default" : usual);
  const profiles: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> =
    await parseKnownFiles({}).catch(() => ({}));
  const file = Object.hasOwn(profiles, name) ? profiles[name]?.ca_bundle : undefined;
  return file ? { file, by: `ca_bundle of profile ${JSON.stringify(name)}` } : undefined;
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

async function certificatesIn({ file, by }: Bundle): Promise<readonly string[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new ConfigurationError(`${by} names ${file}, which cannot be read: ${(error as Error).message}`);
  });
  const certificates = text.match(CERTIFICATE) ?? [];
  if (certificates.length === 0)
    throw new ConfigurationError(`${by} names ${file}, which holds no certificate in PEM`);
  for (const certificate of certificates) {
    try {
      new X509Certificate(certificate);
    } catch {
      throw new ConfigurationError(`${by} names ${file}, which holds a certificate that cannot be read`);
    }
  }
  return certificates;
}

/** `getCACertificates` came with Node.js 22.15; before, Node.js adds NODE_EXTRA_CA_CERTS where nobody can ask for it. */
function rootsOfNode({ NODE_EXTRA_CA_CERTS: extra }: Environment): readonly string[] {
  const { getCACertificates } = tls as Partial<typeof tls>;
  if (getCACertificates) return getCACertificates("default");
  return [...tls.rootCertificates, ...(extra ? (textOf(extra).match(CERTIFICATE) ?? []) : [])];
}

/** Node.js itself has warned of a file that it cannot read. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
