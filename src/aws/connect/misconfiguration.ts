/** What of an error tells that the machine, and not AWS or the network, has to be changed. */
export interface ErrorWords {
  /** The error's name, or the code that Node.js gives it. */
  readonly code: string;
  readonly message: string;
}

interface Misconfiguration {
  /** Of `<code>: <message>`. */
  readonly words: RegExp;
  readonly remedy: string;
}

/** The name of our own errors of this kind. */
export const INVALID_CONFIGURATION = "InvalidConfiguration";

/**
 * Each of them happens before a request is sent, and again with each further attempt. The words of the SDK are measured
 * with client-ecs 3.1169, those of Node.js and OpenSSL with Node.js 24.
 *
 * @see https://nodejs.org/api/tls.html#x509-certificate-error-codes
 */
const MISCONFIGURATIONS: readonly Misconfiguration[] = [
  {
    words:
      /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT(_LOCALLY)?|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_UNTRUSTED|CERT_REJECTED|INVALID_CA|CERT_SIGNATURE_FAILURE):/,
    remedy:
      "Set AWS_CA_BUNDLE to a file that holds the certificate, in PEM, of the authority that signed that of the proxy or the endpoint.",
  },
  {
    words: /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID):/,
    remedy: "Check this machine's clock, else have the certificate renewed.",
  },
  {
    words: /^(ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH):/,
    remedy: "Check the endpoint: the certificate is that of another host.",
  },
  {
    words: /wrong version number/,
    remedy: "Check the endpoint and the proxy: one that does not speak TLS begins with http://.",
  },
  {
    words: /alert protocol version|unsupported protocol|handshake failure|alert certificate required/,
    remedy: "Check the endpoint: it and Node.js do not agree on how to speak TLS.",
  },
  {
    words: /^ERR_PROXY_TUNNEL: .*HTTP\/\S+ 407/,
    remedy: "Write the user and the password of the proxy into HTTPS_PROXY: http://user:password@host:port.",
  },
  {
    words: /^ERR_PROXY_TUNNEL: .*HTTP\/\S+ 4/,
    remedy: "The proxy of HTTPS_PROXY lets nobody pass to this host: allow it there, or name it in NO_PROXY.",
  },
  {
    words: /(FIPS|Dualstack) and custom endpoint/i,
    remedy:
      "Leave the endpoint out, or unset AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT (in the profile use_fips_endpoint and use_dualstack_endpoint): they exclude each other.",
  },
  {
    words: /(FIPS|DualStack) is enabled but/i,
    remedy:
      "Unset AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT, or choose a region that has such endpoints.",
  },
  { words: /Region not accepted|Region is missing|Missing Region/, remedy: "Correct the region." },
  { words: /^ERR_INVALID_URL:/, remedy: "Correct the endpoint: it is no URL." },
  { words: /^EndpointError:/, remedy: "Correct the region and the endpoint." },
  { words: new RegExp(`^${INVALID_CONFIGURATION}:`), remedy: "Correct the environment or the profile." },
];

/** What to do about an error that stays until something on this machine is changed; `undefined` for any other error. */
export function misconfigurationRemedy({ code, message }: ErrorWords): string | undefined {
  const words = `${code}: ${message}`;
  return MISCONFIGURATIONS.find((known) => known.words.test(words))?.remedy;
}
