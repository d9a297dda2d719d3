import assert from "node:assert/strict";
import { classifyError, errorCode, errorText } from "../../../../src/aws/errors/classify-error";

const aws = (name: string, httpStatusCode: number, message = "") => ({
  name,
  message,
  $metadata: { httpStatusCode, attempts: 1 },
});

const cases: readonly { name: string; error: object; kind: string }[] = [
  { name: "throttling", error: aws("ThrottlingException", 400, "Rate exceeded"), kind: "throttled" },
  {
    name: "throttling that ECS passes on from EC2 as a bad parameter",
    error: aws("InvalidParameterException", 400, "Unable to describe: Rate exceeded (ErrorCode: Throttling)"),
    kind: "throttled",
  },
  {
    name: "a bad parameter",
    error: aws("InvalidParameterException", 400, "subnet does not exist"),
    kind: "rejected",
  },
  {
    name: "an unknown task",
    error: aws("InvalidParameterException", 400, "The referenced task was not found."),
    kind: "notFound",
  },
  { name: "a cluster that is gone", error: aws("ClusterNotFoundException", 400), kind: "notFound" },
  { name: "a missing permission", error: aws("AccessDeniedException", 400), kind: "denied" },
  { name: "expired credentials", error: aws("ExpiredTokenException", 400), kind: "denied" },
  {
    name: "no credentials at all",
    error: { name: "CredentialsProviderError", message: "Could not load credentials" },
    kind: "denied",
  },
  { name: "a problem of the service", error: aws("ServerException", 500), kind: "broken" },
  { name: "a page of a proxy instead of JSON", error: aws("SyntaxError", 503), kind: "broken" },
  { name: "a page of a proxy that forbids", error: aws("SyntaxError", 403), kind: "broken" },
  { name: "an empty answer that forbids", error: aws("Unknown", 403, "UnknownError"), kind: "broken" },
  { name: "a page that limits the rate", error: aws("SyntaxError", 429), kind: "throttled" },
  { name: "a time-out that a proxy tells", error: aws("RequestTimeoutException", 408), kind: "broken" },
  { name: "an answer that is too early", error: aws("TooEarly", 425), kind: "broken" },
  {
    name: "credentials that may be had later",
    error: { name: "CredentialsUnavailableError", $metadata: { httpStatusCode: 500 } },
    kind: "unreachable",
  },
  {
    name: "a connection that broke",
    error: { name: "Error", code: "ECONNRESET", $metadata: { attempts: 1 } },
    kind: "broken",
  },
  {
    name: "a connection that never came about",
    error: { name: "Error", code: "ECONNREFUSED", $metadata: { attempts: 1 } },
    kind: "unreachable",
  },
  {
    name: "a refused connection after attempts that may have arrived",
    error: { name: "Error", code: "ECONNREFUSED", $metadata: { attempts: 3 } },
    kind: "broken",
  },
  { name: "an error nobody has heard of", error: aws("NewException", 400), kind: "rejected" },
];

describe("classifyError", () => {
  for (const { name, error, kind } of cases) {
    it(`takes ${name} for ${kind}`, () => {
      assert.equal(classifyError(error), kind);
    });
  }
});

describe("the words for an error", () => {
  it("name what a user can look up", () => {
    assert.equal(errorCode(aws("AccessDeniedException", 400)), "AccessDeniedException");
    assert.equal(errorCode(aws("SyntaxError", 503)), "HTTP 503");
    assert.equal(errorCode(aws("Unknown", 403)), "HTTP 403");
    assert.equal(errorCode({ name: "Error", code: "ECONNRESET" }), "ConnectionError");
  });

  it("tell a time-out in seconds, and nothing of the SDK's inside", () => {
    const handler = "@smithy/node-http-handler - the request socket";
    const texts = {
      [`${handler} timed out after 5000 ms of inactivity (configured by client requestHandler).`]:
        "no answer for 5 s",
      [`${handler} did not establish a connection with the server within the configured timeout of 4000 ms.`]:
        "no connection within 4 s",
      "no whole answer within 10 s\n  Deserialization error: to see the raw response, inspect …":
        "no whole answer within 10 s",
    };
    for (const [message, text] of Object.entries(texts)) assert.equal(errorText({ message }), text);
  });

  it("carry the request id, and are never empty", () => {
    assert.equal(errorText({ message: "no", $metadata: { requestId: "r-1" } }), "no (request id r-1)");
    assert.equal(errorText({}), "no further explanation was given");
    assert.match(
      errorText(aws("SyntaxError", 403, "Unexpected token")),
      /^the answer is not one of AWS; a proxy/,
    );
  });

  it("are found for what is no error at all", () => {
    assert.equal(classifyError(undefined), "broken");
    assert.equal(errorCode(undefined), "ConnectionError");
    assert.equal(errorText(undefined), "no further explanation was given");
    assert.equal(errorText({ message: "UnknownError" }), "no further explanation was given");
    assert.equal(errorCode({ name: "SyntaxError" }), "SyntaxError");
    assert.equal(classifyError({ code: "ECONNREFUSED" }), "unreachable");
  });
});
