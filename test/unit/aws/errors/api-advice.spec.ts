import assert from "node:assert/strict";
import { EcsApiError, type ApiErrorKind } from "../../../../src/aws/ecs-gateway";
import { asKnownError } from "../../../../src/provider/known-error";
import { deniedAdvice } from "../../../../src/aws/errors/api-advice";
import { refused } from "../../../../src/run/launch/launch-refusal";
import { normaliseInputs } from "../../../../src/inputs/normalise-inputs";

const USER = "User: arn:aws:sts::123456789012:assumed-role/ci/1";

function error(kind: ApiErrorKind, code: string, message: string, asked = {}): EcsApiError {
  return new EcsApiError({ operation: "RunTask", kind, code, message, ...asked });
}

/** What is said of an error of a launch. */
function launchMessage(of: EcsApiError, asked = {}): string {
  const normal = normaliseInputs({ taskDefinition: "app:1", cluster: "prod" });
  return refused(normal, of, asked).message;
}

const denials: readonly { name: string; code?: string; message: string; advice: RegExp }[] = [
  {
    name: "the action that AWS names, which can be another one than was called",
    message: `${USER} is not authorized to perform: ecs:TagResource on resource: arn:aws:ecs:eu-central-1:123456789012:task/prod/* because no identity-based policy allows the ecs:TagResource action`,
    advice: /allow ecs:TagResource \(for tags, propagateTags and enableEcsManagedTags\)\.$/,
  },
  {
    name: "that a policy denies it explicitly",
    message: `${USER} is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/x with an explicit deny in a service control policy`,
    advice: /allow iam:PassRole; a policy denies it explicitly\.$/,
  },
  {
    name: "what the call needs where AWS names nothing",
    message: "Denied",
    advice: /allow what it needs\.$/,
  },
  {
    name: "to sign in again, of a token that has expired",
    code: "ExpiredTokenException",
    message: "The security token included in the request is expired",
    advice: /^The AWS credentials have expired: sign in again/,
  },
  {
    name: "to sign in again, of an SSO session that has expired",
    message: "The SSO session token associated with profile=dev has expired.",
    advice: /^The AWS credentials have expired/,
  },
  {
    name: "to look at the keys, where AWS does not know them",
    code: "UnrecognizedClientException",
    message: "The security token included in the request is invalid.",
    advice: /^AWS does not know these credentials/,
  },
  {
    name: "to look at the clock",
    code: "InvalidSignatureException",
    message: "Signature expired: 20260101T000000Z is now earlier than 20260101T001000Z",
    advice: /^Check the clock of this machine/,
  },
];

describe("the advice about a refusal", () => {
  for (const { name, code = "AccessDeniedException", message, advice } of denials) {
    it(`is ${name}`, () => {
      assert.match(deniedAdvice(error("denied", code, message), "what it needs"), advice);
    });
  }

  it("is the same for a launch, and the usual actions where AWS names none", () => {
    const denied = (message: string) => launchMessage(error("denied", "AccessDeniedException", message));

    assert.match(denied(`${USER} is not authorized to perform: ecs:TagResource`), /allow ecs:TagResource \(/);
    assert.match(denied("Denied"), /allow ecs:RunTask .* iam:PassRole on its roles\. Nothing was started\.$/);
  });
});

describe("an error about something that is not there", () => {
  const asked = { region: "eu-central-1", account: "123456789012" };
  const notThere = error("notFound", "ClusterNotFoundException", "Cluster not found.", asked);

  it("names region and account as far as they are known", () => {
    assert.match(
      String(asKnownError(notThere)),
      /not found\. Looked for in eu-central-1, account 123456789012\. /,
    );
    assert.match(launchMessage(notThere, asked), /Looked for in eu-central-1, account 123456789012\. /);
    assert.match(launchMessage(notThere, { region: "eu-central-1" }), /Looked for in eu-central-1\. /);
    assert.match(launchMessage(notThere), /Cluster not found\. Correct the inputs/);
  });

  it("is also one that ECS rejects in other words", () => {
    const said = error("rejected", "ClientException", "TaskDefinition not found.");

    assert.match(launchMessage(said, asked), /Looked for in eu-central-1/);
    assert.doesNotMatch(launchMessage(error("rejected", "ClientException", "No."), asked), /Looked for/);
  });
});

describe("an error of which the SDK knows no name", () => {
  it("is told in words", () => {
    const lost = error("broken", "ConnectionError", "socket hang up");

    assert.match(
      String(asKnownError(lost)),
      /^RunTask failed: gave no answer that could be read: socket hang up\. /,
    );
    assert.equal(
      error("denied", "AccessDeniedException", "not authorized.").inFull,
      "RunTask answered AccessDeniedException: not authorized",
    );
    assert.deepStrictEqual(
      [
        lost.inWords,
        error("broken", "TimeoutError", "no answer for 30 s").inWords,
        error("unreachable", "ConnectionError", "ECONNREFUSED").inWords,
        error("unreachable", "CredentialsUnavailableError", "late").inWords,
        error("throttled", "ThrottlingException", "Rate exceeded").inWords,
      ],
      [
        "gave no answer that could be read",
        "did not answer in time",
        "could not be reached",
        "could not be asked",
        "answered ThrottlingException",
      ],
    );
  });
});

describe("an error about credentials", () => {
  it("names a profile that is not there", () => {
    const said =
      'Could not load credentials from any providers; asked for credentials: the profile "nope", which no shared AWS file has, then the metadata service of EC2 (169.254.169.254); correct the name of the profile';
    const missing = error("denied", "CredentialsProviderError", said);

    assert.match(launchMessage(missing), /^The AWS profile "nope" does not exist: .* Nothing was started\.$/);
    assert.match(String(asKnownError(missing)), /^The AWS profile "nope" does not exist/);
    const none = error("denied", "CredentialsProviderError", "Could not load credentials");
    assert.match(launchMessage(none), /^No AWS credentials were found \(Could not load credentials\)/);
  });
});
