/** Why a launch that was answered with "no" may be answered with "yes" a little later. */
export type LaunchRetry =
  /** There is no room at the moment: worth waiting for, as long as `capacityRetrySeconds` says. */
  | "capacity"
  /** Something that was just made is not known everywhere yet: settles within a minute or never. */
  | "settling";

/**
 * Reasons of `failures[]` that pass: no room on the instances, no agent connected at the moment, no capacity
 * on Fargate. `ATTRIBUTE`, `LOCATION`, `MISSING` and `INACTIVE` do not pass by themselves.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
const CAPACITY_FAILURE = /^(RESOURCE:|AGENT$|EMPTY CAPACITY PROVIDER)|Capacity is unavailable/i;

/** Whether all of these failures may pass. */
export function isCapacityFailure(failures: readonly { readonly reason?: string | undefined }[]): boolean {
  return failures.length > 0 && failures.every(({ reason = "" }) => CAPACITY_FAILURE.test(reason));
}

/**
 * Errors of RunTask that pass, by their words: ECS gives them the same name as those that do not.
 *
 * Sources: API_RunTask on the number of tasks in PROVISIONING; awslabs/aws-lambda-ecs-run-task for the account's
 * number of tasks; pulumi/pulumi-awsx#927 and hashicorp/terraform-provider-aws#6566 for roles just created.
 */
const RETRIES: readonly { readonly said: RegExp; readonly retry: LaunchRetry }[] = [
  {
    said: /PROVISIONING|reached the limit on the number of (tasks|vCPU)|Capacity is unavailable/i,
    retry: "capacity",
  },
  { said: /unable to assume the (role|service linked role)/i, retry: "settling" },
];

/** Whether a refused launch is worth another try, and why. */
export function launchRetry(message: string): LaunchRetry | undefined {
  return RETRIES.find(({ said }) => said.test(message))?.retry;
}
