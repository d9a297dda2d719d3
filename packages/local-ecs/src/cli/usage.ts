export const USAGE = `Usage: local-ecs [options] [-- command arguments...]

Starts an ECS on this machine for AWS SDKs, the AWS CLI and Pulumi. It runs the
containers of its tasks as plain processes: they are not isolated. With
--runtime engine it runs them as real containers.

With a command it sets what AWS clients need in the command's environment, runs
it, and ends with it and with its exit code.

Options:
  --port N         port on 127.0.0.1 (1 to 65535); default: a free one
  --images PATH    where images are: an OCI image layout, an archive that docker
                   save, BuildKit, Podman or Skopeo wrote, or a folder with several
                   of these; may be given several times
  --runtime KIND   process or engine, which is docker or podman; default: process
  --docker-config FILE
                   a config.json of docker's, with credentials for registries
  --secrets DIR    folder with a file for each value that secrets refer to
  --environment-files DIR
                   folder that stands for S3: bucket/key.env
  --state DIR      folder that keeps clusters, task definitions, tasks and logs for
                   the next start; made if it is not there
  --phase STATUS=SECONDS
                   how long tasks stay in a status that they pass through:
                   DEPROVISIONING=12.9 is Fargate's; may be given several times
  --requests       print one line per request
  --logs           print what containers print, one line each
  --region NAME    default: us-east-1
  --account ID     12 digits; default: 123456789012
  --version        the version of this package
  --help           this text

In a terminal it shows a table of the tasks, unless it prints lines; elsewhere it
prints requests. It runs until Ctrl-C (SIGINT) or SIGTERM, then ends every
container and leaves nothing behind but what is in --state.

Exit codes:
  0  ended by SIGINT or SIGTERM
  1  could not start, or could not go on: the message says why
  2  the command line is wrong: the message says what
  With a command: its exit code; 128 and the signal's number when a signal ended
  it; 127 when it was not found.
`;
