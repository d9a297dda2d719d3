/*
 * What is waited for, how long, and why: all limits of time of the package, in milliseconds. Those that a user sets are
 * inputs (`timeoutSeconds` and its like); how an account's rate of calls is kept is in `paced-ecs-gateway.ts`.
 */

// One request.

/** Until a connection is there: Linux sends a lost SYN again after one and after three seconds. */
export const CONNECT_MS = 4000;

/**
 * Without a byte in either direction: ECS answers in one or two seconds. (The SDK's handler counts a limit of six seconds
 * or more three seconds late.)
 */
export const SILENT_REQUEST_MS = 5000;

/** From the first to the last byte of an attempt. Only this limit ends an answer that comes a byte a second. */
export const ATTEMPT_MS = 10_000;

/** For a source of credentials: a `credential_process` may start an interpreter and call two services. */
export const CREDENTIALS_MS = 20_000;

/** For a credential helper of Docker, which may have to fetch a token first. */
export const CREDENTIAL_HELPER_MS = 10_000;

// One call with all of its attempts.

/** For a question: three attempts of ten seconds, and credentials that take twenty before. */
export const QUESTION_MS = 60_000;

/** For a list with all of its pages: 300 pages of 100 tasks at 0.2 seconds each. */
export const LIST_MS = 60_000;

/** For a list of a whole account, which is patient when it is throttled. */
export const SURVEY_LIST_MS = 180_000;

/** For what starts or stops something: one attempt, and the credentials before it. Whoever sends it repeats it. */
export const ORDER_MS = 30_000;

/** For a question whose answer is not required. */
export const OPTIONAL_QUESTION_MS = 10_000;

/** For log lines: the outcome of a task never depends on them. */
export const LINES_MS = 15_000;

/** For the engine to accept a line: one that is not awaited is lost when the process ends. */
export const ENGINE_LINE_MS = 500;

// The same call again.

/** How long a question is asked again that ECS throttled or did not answer. */
export const ASKING_AGAIN_MS = 60_000;

/** How long a launch is tried again whose answer was lost, that was throttled or that has to settle. */
export const LAUNCHING_AGAIN_MS = 60_000;

/** The first pause after ECS throttled a call or did not answer, and the longest one. */
export const FIRST_PAUSE_MS = 2000;
export const LONGEST_PAUSE_MS = 30_000;

/** The pause before the next clientToken when one is used up: ECS lets an account launch 20 times a second. */
export const NEXT_TOKEN_MS = 250;

// A preview.

/** How long a preview waits for one answer: without a network it must not hang. */
export const PREVIEW_ANSWER_MS = 3000;

/** How long a preview waits for all answers that do not come: it asks for one task definition after the other. */
export const PREVIEW_SILENCE_MS = 6000;

// ECS is eventually consistent.

/**
 * How long a new task may not be shown: poll "up to about five minutes",
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export const NOT_YET_SHOWN_MS = 5 * 60_000;

/** How long a task that was seen must be missing to be gone, and in how many answers: one odd answer is no proof. */
export const GONE_MS = 10_000;
export const GONE_ANSWERS = 3;

/** The pauses before a question about a task is asked again that ECS does not know: as long as {@link GONE_MS} in all. */
export const UNKNOWN_TASK_PAUSES_MS: readonly number[] = [1000, 2000, 3000, 4000];

/**
 * How long a listing may not show a task that was just started: a StartTask without an answer is repeated only when its
 * tasks would have been seen.
 */
export const LISTING_LAG_MS = 10_000;

/** How long a stopped task is looked at again while a container that ran has no exit code. Observed: wrapbox `runner/ecs.rb`. */
export const EXIT_CODE_MS = 5000;

// Waiting for a task.

/**
 * The shortest time between two looks, so that the end of a migration is noticed within about a second; the longest one,
 * for an old task.
 */
export const TICK_MS = 1000;
export const SLOWEST_LOOK_MS = 5000;

/** Tasks younger than this are looked at each tick: most migrations, and all seeds and smoke tests, end before. */
export const YOUNG_TASK_MS = 10 * 60_000;

/** How much older a task has to be for each further second between two looks. */
export const AGE_PER_SECOND_MS = 10 * 60_000;

/** How long the last look may take when the time is up: an answer that needs longer does not count. */
export const LAST_LOOK_MS = 15_000;

/**
 * How much longer than its time a task is looked at that is missing: until it is known whether it is gone. Otherwise a
 * short time limit would never come to know it.
 */
export const MISSING_MS = 30_000;

/**
 * How long a recorded task is looked for by an ECS that has not answered once. Later silences are waited out: a network
 * that is back in an hour finds a migration that still runs.
 */
export const SILENCE_MS = 2 * 60_000;

/**
 * How long after its containers ended the network interface of a task is gone for sure, though nobody saw it STOPPED. The
 * longest that was measured is 46.8 s.
 */
export const NETWORK_GONE_MS = 10 * 60_000;

/** How long after its containers ended the last lines of a task are sure to be in CloudWatch Logs. */
export const LINES_ARRIVED_MS = 5000;

/**
 * How long a stop is waited for: a container has up to 120 s (Fargate's longest `stopTimeout`) between SIGTERM and SIGKILL,
 * and then its network interface is taken away.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export const STOP_MS = 5 * 60_000;

// What ECS remembers.

/** "Stopped tasks appear in the returned results for at least one hour", API_DescribeTasks. */
export const STOPPED_TASK_MS = 60 * 60_000;

/**
 * How long a clientToken is sure to stand for the same launch: it lives for the lifetime of its task and an hour after,
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html; less five minutes for clocks that differ.
 */
export const TOKEN_MS = 55 * 60_000;

/** How long after it was asked for a task may have been created: capacity is waited for. */
export const CREATED_AFTER_LAUNCH_MS = 60 * 60_000;
