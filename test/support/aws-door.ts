import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A call as it came through the door. */
export interface SignedCall {
  /** `RunTask`, `AssumeRole`. */
  readonly operation: string;
  /** The access key and region that it was signed with. */
  readonly accessKeyId: string;
  readonly region: string;
  readonly sessionToken: string | undefined;
  readonly userAgent: string;
  /** Of calls to STS: what was asked. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Of calls to ECS: what was asked. */
  readonly request: Readonly<Record<string, unknown>>;
}

/**
 * A server before a local ECS: it notes who calls, lets calls to ECS through, and answers AssumeRole as STS does,
 * with keys named after the role. It can let ECS say something else than it said.
 */
export class AwsDoor {
  readonly url: string;
  readonly calls: SignedCall[];
  readonly #server: Server;

  private constructor(url: string, calls: SignedCall[], server: Server) {
    this.url = url;
    this.calls = calls;
    this.#server = server;
  }

  static async open(ecsUrl: string, rewrite = (answer: string) => answer): Promise<AwsDoor> {
    const calls: SignedCall[] = [];
    const server = createServer((request, response) => {
      void bodyOf(request).then(async (body) => {
        const call = signedCall(request, body);
        calls.push(call);
        if (call.operation === "AssumeRole") {
          response.setHeader("content-type", "text/xml").end(assumedRole(call.parameters));
          return;
        }
        const headers = { "x-amz-target": target(request), "content-type": "application/x-amz-json-1.1" };
        const answer = await fetch(ecsUrl, { method: "POST", headers, body });
        response.statusCode = answer.status;
        response.setHeader("content-type", "application/x-amz-json-1.1").end(rewrite(await answer.text()));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    return new AwsDoor(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls, server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk as string;
  return body;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html */
function signedCall(request: IncomingMessage, body: string): SignedCall {
  const credential = /Credential=([^,]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  const [accessKeyId = "", , region = ""] = credential.split("/");
  const isQuery = target(request) === "";
  const parameters = isQuery ? Object.fromEntries(new URLSearchParams(body)) : {};
  const token = request.headers["x-amz-security-token"];
  return {
    operation: isQuery ? (parameters.Action ?? "") : (target(request).split(".").at(-1) ?? ""),
    accessKeyId,
    region,
    sessionToken: typeof token === "string" ? token : undefined,
    userAgent: request.headers["user-agent"] ?? "",
    parameters,
    request: isQuery ? {} : (JSON.parse(body) as Record<string, unknown>),
  };
}

function target(request: IncomingMessage): string {
  return String(request.headers["x-amz-target"] ?? "");
}

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function assumedRole({ RoleArn = "", RoleSessionName = "" }: Readonly<Record<string, string>>): string {
  const role = RoleArn.slice(RoleArn.lastIndexOf("/") + 1);
  const expiration = new Date(Date.now() + 3_600_000).toISOString();
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>${RoleArn}/${RoleSessionName}</Arn><AssumedRoleId>AROA:${RoleSessionName}</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>AK-${role}</AccessKeyId><SecretAccessKey>SK-${role}</SecretAccessKey>
    <SessionToken>TOKEN-${role}</SessionToken><Expiration>${expiration}</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`;
}
