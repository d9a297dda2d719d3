/**
 * Error names and HTTP status codes of the API, as the service model of ECS (2014-11-13) and of
 * CloudWatch Logs (2014-03-28) declare them; the last five are common to all AWS JSON services.
 */
export const awsErrorStatus = {
  AttributeLimitExceededException: 400,
  ClientException: 400,
  ClusterContainsContainerInstancesException: 400,
  ClusterContainsServicesException: 400,
  ClusterContainsTasksException: 400,
  ClusterNotFoundException: 400,
  ConflictException: 400,
  InvalidParameterException: 400,
  PlatformTaskDefinitionIncompatibilityException: 400,
  PlatformUnknownException: 400,
  ResourceAlreadyExistsException: 400,
  ResourceNotFoundException: 400,
  UnsupportedFeatureException: 400,
  ServiceNotFoundException: 400,
  TargetNotFoundException: 400,
  ServerException: 500,
  AccessDeniedException: 400,
  InternalFailure: 500,
  SerializationException: 400,
  ThrottlingException: 400,
  UnknownOperationException: 400,
} as const;

export type AwsErrorCode = keyof typeof awsErrorStatus;

/** An answer of the API that is an error. `members` are further members of the error's body. */
export class AwsError extends Error {
  readonly code: AwsErrorCode;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: AwsErrorCode, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.members = members;
  }

  get status(): number {
    return awsErrorStatus[this.code];
  }
}

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function clientException(message: string): AwsError {
  return new AwsError("ClientException", message);
}
