import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Statement } from "./policies";

const ISSUER = "token.actions.githubusercontent.com";

/** There can be one of these in an account: import it if it is there. */
export function githubIdentities(): aws.iam.OpenIdConnectProvider {
  return new aws.iam.OpenIdConnectProvider("github", {
    url: `https://${ISSUER}`,
    clientIdLists: ["sts.amazonaws.com"],
  });
}

/**
 * A role that jobs of GitHub Actions take without a stored secret.
 *
 * @param subjects - which jobs: `repo:<owner>/<name>:pull_request`, `…:ref:refs/heads/<branch>`, `…:environment:<name>`.
 * Compared whole, without wildcards. A job that names an environment has the last form, whatever its branch.
 * See https://docs.github.com/en/actions/reference/security/oidc
 */
export function githubRole(
  name: string,
  identities: aws.iam.OpenIdConnectProvider,
  subjects: readonly string[],
  statements: pulumi.Output<readonly Statement[]>,
): aws.iam.Role {
  const role = new aws.iam.Role(name, {
    name,
    maxSessionDuration: 2 * 60 * 60,
    assumeRolePolicy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sts:AssumeRoleWithWebIdentity",
          Principal: { Federated: identities.arn },
          Condition: {
            StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com", [`${ISSUER}:sub`]: subjects },
          },
        },
      ],
    }),
  });
  new aws.iam.RolePolicy(name, {
    role: role.name,
    policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: statements }),
  });
  return role;
}
