import { AwsError, type AwsErrorCode } from "../server/aws-error";
import { refuseForeignArns } from "../server/refuse-foreign-arns";
import { ShapeError, type Shape } from "../server/shape";
import type { OperationContext } from "./operation-context";

/** One operation of the API, ready to be called with what a client sent. */
export interface Operation {
  readonly name: string;
  handle(body: unknown, context: OperationContext): object;
}

/**
 * Declares an operation: the shape of its request and what it does with one that has this shape.
 * A handler runs without a pause, so two requests never see each other's half-done work.
 */
export function operation<Request extends object>(declaration: {
  readonly name: string;
  readonly request: Shape<Request>;
  /** The error for a request that breaks a limit; InvalidParameterException unless said otherwise. */
  readonly invalid?: AwsErrorCode;
  readonly handle: (request: Request, context: OperationContext) => object;
}): Operation {
  const { name, request, invalid = "InvalidParameterException", handle } = declaration;
  return {
    name,
    handle(body, context) {
      const read = readRequest(request, body, invalid);
      refuseForeignArns(read, context.account);
      return handle(read, context);
    },
  };
}

function readRequest<T>(shape: Shape<T>, body: unknown, invalid: AwsErrorCode): T {
  try {
    return shape.read(body, "");
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw new AwsError(error.kind === "type" ? "SerializationException" : invalid, error.message);
  }
}
