/**
 * Why ECS did not do a part of what was asked, in an answer that is no error.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/api_failures_messages.html
 */
export interface EcsFailure {
  /** What it is about: an ARN. */
  readonly arn?: string | undefined;
  /** A code or a sentence, such as `RESOURCE:MEMORY`. */
  readonly reason?: string | undefined;
  /** More about it. */
  readonly detail?: string | undefined;
}
