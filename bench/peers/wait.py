"""Waits for tasks with boto3's waiter, one thread each: reads ARNs, says of each when the waiter returned."""

import sys
import threading
import time

import boto3

ecs = boto3.client("ecs", endpoint_url=sys.argv[1])


def wait(arn):
    ecs.get_waiter("tasks_stopped").wait(cluster="default", tasks=[arn])
    print(arn, time.time() * 1000, flush=True)


print("ready", flush=True)
for line in sys.stdin:
    threading.Thread(target=wait, args=(line.strip(),)).start()
