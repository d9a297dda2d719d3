# A container engine for the tests of real containers: `source` this file, then call start_engine and, in the end,
# end_engine. The engine has a folder and a socket of its own and leaves the machine's network alone. Where it cannot be
# had, the tests of real containers say that they skip.
engine_dir=$(mktemp -d)

# Installs what is missing where apt-get can, the AWS CLI 2 of the judges too, and exports DOCKER_HOST: so do not call it in a pipe.
start_engine() {
  if command -v apt-get >/dev/null; then
    apt-get update -qq &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        docker.io docker-registry busybox-static skopeo awscli >/dev/null
  fi
  command -v dockerd >/dev/null || { echo 'no dockerd: tests of real containers are skipped'; return 0; }
  export DOCKER_HOST=unix://$engine_dir/docker.sock
  dockerd --bridge=none --iptables=false --host "$DOCKER_HOST" --data-root "$engine_dir/data" \
    --exec-root "$engine_dir/exec" --pidfile "$engine_dir/pid" >"$engine_dir/log" 2>&1 &
  for _ in $(seq 60); do docker info >/dev/null 2>&1 && return 0; sleep 0.5; done
  echo 'dockerd does not answer: tests of real containers are skipped'
  tail -5 "$engine_dir/log"
}

end_engine() {
  if [ -s "$engine_dir/pid" ]; then
    kill "$(cat "$engine_dir/pid")"
    for _ in $(seq 100); do [ -e "$engine_dir/pid" ] || break; sleep 0.2; done
  fi
  umount "$engine_dir"/exec/netns/* 2>/dev/null
  rm -rf "$engine_dir"
}
