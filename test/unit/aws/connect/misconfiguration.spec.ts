import assert from "node:assert/strict";
import { classifyError, errorCode, errorText } from "../../../../src/aws/errors/classify-error";
import { EcsApiError } from "../../../../src/aws/ecs-gateway";
import { misconfigurationRemedy } from "../../../../src/aws/connect/misconfiguration";
import { asKnownError } from "../../../../src/provider/known-error";
import { refused } from "../../../../src/run/launch/launch-refusal";
import type { NormalInputs } from "../../../../src/inputs/normalise-inputs";

const openSsl = (words: string) =>
  `write EPROTO 404D65D26D7F0000:error:0A00010B:SSL routines:a_function:${words}:../deps/openssl/file.c:77:\n`;
const tunnel = (status: string) =>
  `Failed to establish tunnel to h:443 via http://proxy:1/: HTTP/1.1 ${status}`;

const cases: readonly { error: object; code: string; text?: string; remedy: RegExp }[] = [
  {
    error: { code: "SELF_SIGNED_CERT_IN_CHAIN", message: "self-signed certificate" },
    code: "SELF_SIGNED_CERT_IN_CHAIN",
    remedy: /^Set AWS_CA_BUNDLE to a file/,
  },
  {
    error: { code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", message: "unable to get local issuer certificate" },
    code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    remedy: /^Set AWS_CA_BUNDLE to a file/,
  },
  { error: { code: "CERT_HAS_EXPIRED", message: "" }, code: "CERT_HAS_EXPIRED", remedy: /clock/ },
  {
    error: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
    code: "ERR_TLS_CERT_ALTNAME_INVALID",
    remedy: /another host/,
  },
  {
    error: { code: "EPROTO", message: openSsl("wrong version number") },
    code: "EPROTO",
    text: "write EPROTO: wrong version number",
    remedy: /does not speak TLS/,
  },
  {
    error: { code: "EPROTO", message: openSsl("tlsv1 alert protocol version") },
    code: "EPROTO",
    text: "write EPROTO: tlsv1 alert protocol version",
    remedy: /do not agree/,
  },
  {
    error: { code: "ERR_PROXY_TUNNEL", message: tunnel("407 No") },
    code: "ERR_PROXY_TUNNEL",
    remedy: /password/,
  },
  {
    error: { code: "ERR_PROXY_TUNNEL", message: tunnel("403 No") },
    code: "ERR_PROXY_TUNNEL",
    remedy: /NO_PROXY/,
  },
  {
    error: {
      name: "EndpointError",
      message: "Invalid Configuration: FIPS and custom endpoint are not supported",
    },
    code: "EndpointError",
    remedy: /exclude each other/,
  },
  {
    error: {
      name: "EndpointError",
      message: "DualStack is enabled but this partition does not support DualStack",
    },
    code: "EndpointError",
    remedy: /choose a region/,
  },
  {
    error: { name: "EndpointError", message: "Rules evaluation failed" },
    code: "EndpointError",
    remedy: /region and the endpoint/,
  },
  {
    error: { name: "Error", message: "Region is missing" },
    code: "InvalidConfiguration",
    remedy: /the region\.$/,
  },
  {
    error: { name: "TypeError", code: "ERR_INVALID_URL", message: "Invalid URL" },
    code: "ERR_INVALID_URL",
    remedy: /no URL/,
  },
  {
    error: { name: "InvalidConfiguration", message: "AWS_CA_BUNDLE names /x" },
    code: "InvalidConfiguration",
    remedy: /environment or the profile/,
  },
];

describe("a machine that is set up wrongly", () => {
  for (const { error, code, text, remedy } of cases) {
    const message = errorText(error);
    it(`is told as such, with what to do: ${code}: ${message}`, () => {
      assert.deepStrictEqual([classifyError(error), errorCode(error)], ["misconfigured", code]);
      if (text !== undefined) assert.equal(message, text);
      assert.match(misconfigurationRemedy({ code, message }) ?? "", remedy);
    });
  }

  for (const error of [
    { code: "ECONNRESET", message: "socket hang up" },
    { code: "ERR_PROXY_TUNNEL", message: tunnel("503 Later") },
    {
      name: "InvalidParameterException",
      message: "wrong version number",
      $metadata: { httpStatusCode: 400 },
    },
    {},
  ]) {
    it(`is not blamed for ${JSON.stringify(error)}`, () => {
      assert.notEqual(classifyError(error), "misconfigured");
      assert.doesNotMatch(errorCode(error), /Configuration/);
    });
  }

  const certificate = new EcsApiError({
    operation: "RunTask",
    kind: "misconfigured",
    code: "CERT_HAS_EXPIRED",
    message: "certificate has expired",
  });

  it("is an error with a remedy wherever something is asked", () => {
    const error = asKnownError(certificate, "Nothing was done.") as Error;

    assert.equal(
      error.message,
      "RunTask failed: CERT_HAS_EXPIRED: certificate has expired. Check this machine's clock, else have the certificate renewed. Nothing was done.",
    );
    const unknown = new EcsApiError({
      operation: "RunTask",
      kind: "misconfigured",
      code: "Other",
      message: "it is",
    });
    assert.match(
      (asKnownError(unknown) as Error).message,
      /it is\. Check the environment and the profile\.$/,
    );
  });

  it("is an error with a remedy where a task was to be started", () => {
    const inputs = { taskDefinition: "app:1", cluster: "prod" } as NormalInputs;

    const error = refused(inputs, certificate);

    assert.deepStrictEqual(
      [error.code, error.message],
      [
        "API_FAILED",
        "ECS did not start task app:1 on cluster prod: CERT_HAS_EXPIRED: certificate has expired. Check this machine's clock, else have the certificate renewed. Nothing was started.",
      ],
    );
  });
});
