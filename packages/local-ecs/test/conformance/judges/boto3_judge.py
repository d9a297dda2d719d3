"""Calls every operation of a local ECS with boto3 and compares each answer with the service model, member by member.

Arguments: endpoint, ARN of a seeded service, image. Prints the operations that were judged, as JSON.
"""

import datetime
import json
import logging
import sys
import time
import warnings

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

warnings.simplefilter("error")
endpoint, service_arn, image = sys.argv[1:]


class Strict(logging.Handler):
    """boto3 warns by logging: here that is an error."""

    def emit(self, record):
        raise AssertionError(f"boto3 warned: {record.getMessage()}")


logging.getLogger().addHandler(Strict(level=logging.WARNING))

judged = set()


def judge(http_response, parsed, model, **_):
    body = json.loads(http_response.content)
    if http_response.status_code == 200:
        if model.output_shape is None:
            assert body == {}, f"{model.name}: has no output, but {body}"
        else:
            compare(body, model.output_shape, model.name)
        judged.add(model.name)
    else:
        code = parsed["Error"]["Code"]
        shape = next((each for each in model.error_shapes if each.name == code), None)
        assert shape is not None, f"{model.name} answers with {code}, which it does not declare"
        assert body.pop("__type") == code
        compare(body, shape, f"{model.name} {code}")


types = {"string": str, "integer": int, "long": int, "boolean": bool, "double": (int, float)}


def compare(value, shape, path):
    if shape.type_name == "structure":
        assert isinstance(value, dict), f"{path} is no structure: {value!r}"
        for name, member in value.items():
            assert name in shape.members, f"{path}.{name} is not in the service model"
            compare(member, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        assert isinstance(value, list), f"{path} is no list: {value!r}"
        for index, member in enumerate(value):
            compare(member, shape.member, f"{path}[{index}]")
    elif shape.type_name == "map":
        for key, member in value.items():
            compare(member, shape.value, f"{path}.{key}")
    elif shape.type_name == "timestamp":
        assert isinstance(value, (int, float)), f"{path} is no timestamp: {value!r}"
        year = datetime.datetime.fromtimestamp(value).year
        assert 2020 < year < 2100, f"{path} is in the year {year}"
    else:
        assert isinstance(value, types[shape.type_name]), f"{path} is no {shape.type_name}: {value!r}"
        assert not (shape.type_name != "boolean" and isinstance(value, bool)), f"{path} is a boolean"
        allowed = getattr(shape, "enum", None)
        assert not allowed or value in allowed, f"{path} must be one of {allowed}, not {value!r}"


session = boto3.Session("local", "local", region_name="us-east-1")
settings = {"endpoint_url": endpoint, "config": Config(retries={"total_max_attempts": 1})}
ecs = session.client("ecs", **settings)
logs = session.client("logs", **settings)
for client in (ecs, logs):
    client.meta.events.register("after-call", judge)


def refused(code, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response
    raise AssertionError(f"{code} was expected")


tags = [{"key": "one", "value": "1"}]
cluster = ecs.create_cluster(clusterName="judged", tags=tags)["cluster"]["clusterName"]
ecs.describe_clusters(clusters=[cluster, "never"], include=["TAGS", "SETTINGS", "STATISTICS", "CONFIGURATIONS"])
ecs.list_clusters(maxResults=1)
ecs.discover_poll_endpoint(cluster=cluster)

# Task definitions
container = {
    "name": "app",
    "image": image,
    "memory": 64,
    "cpu": 16,
    "stopTimeout": 0,
    "environment": [{"name": "A", "value": "B"}],
    "portMappings": [{"containerPort": 80, "hostPort": 0, "protocol": "tcp"}],
    "logConfiguration": {
        "logDriver": "awslogs",
        "options": {"awslogs-group": "judged", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p"},
    },
}
stays = {**container, "command": ["sh", "-c", "echo here; while :; do sleep 0.1; done"]}
ends = {**container, "command": ["sh", "-c", "echo gone; exit 3"]}
definition = ecs.register_task_definition(family="stays", containerDefinitions=[stays], tags=tags)
stays_arn = definition["taskDefinition"]["taskDefinitionArn"]
ends_arn = ecs.register_task_definition(family="ends", containerDefinitions=[ends])["taskDefinition"]["taskDefinitionArn"]
fargate = ecs.register_task_definition(
    family="fargate",
    containerDefinitions=[{**stays, "portMappings": []}],
    requiresCompatibilities=["FARGATE"],
    networkMode="awsvpc",
    cpu="256",
    memory="512",
    executionRoleArn="arn:aws:iam::123456789012:role/execution",
)["taskDefinition"]
ecs.describe_task_definition(taskDefinition="stays", include=["TAGS"])
ecs.list_task_definitions(sort="DESC", maxResults=2)
assert list(ecs.get_paginator("list_task_definition_families").paginate().search("families")) == ["ends", "fargate", "served", "stays"]

# Container instances
instance = ecs.register_container_instance(
    cluster=cluster,
    instanceIdentityDocument=json.dumps({"instanceId": "i-0123456789abcdef0", "availabilityZone": "us-east-1a"}),
    totalResources=[
        {"name": "CPU", "type": "INTEGER", "integerValue": 1024},
        {"name": "MEMORY", "type": "INTEGER", "integerValue": 128},
        {"name": "PORTS", "type": "STRINGSET", "stringSetValue": ["22"]},
    ],
    versionInfo={"agentVersion": "1.105.1"},
    attributes=[{"name": "com.amazonaws.ecs.capability.logging-driver.awslogs"}, {"name": "color", "value": "red"}],
    tags=tags,
)["containerInstance"]["containerInstanceArn"]
ecs.describe_container_instances(
    cluster=cluster, containerInstances=[instance, "0" * 32], include=["TAGS", "CONTAINER_INSTANCE_HEALTH"]
)
assert ecs.list_container_instances(cluster=cluster, filter="attribute:color == red")["containerInstanceArns"] == [instance]

# Tasks: three stay, on the instance there is room for two
started = ecs.start_task(cluster=cluster, taskDefinition=stays_arn, containerInstances=[instance, "0" * 32], tags=tags)
assert [failure["reason"] for failure in started["failures"]] == ["MISSING"], started["failures"]
red = [{"type": "memberOf", "expression": "attribute:color == red"}]
placed = ecs.run_task(cluster=cluster, taskDefinition="stays", count=2, placementConstraints=red, startedBy="judge")
assert [failure["reason"] for failure in placed["failures"]][-1] == "RESOURCE:MEMORY", placed["failures"]
on_fargate = ecs.run_task(
    cluster=cluster,
    taskDefinition="fargate",
    launchType="FARGATE",
    networkConfiguration={"awsvpcConfiguration": {"subnets": ["subnet-1"]}},
    enableECSManagedTags=True,
    clientToken="token",
)["tasks"][0]
running = [started["tasks"][0]["taskArn"], placed["tasks"][0]["taskArn"], on_fargate["taskArn"]]
waiting = {"Delay": 1, "MaxAttempts": 60}
ecs.get_waiter("tasks_running").wait(cluster=cluster, tasks=running, WaiterConfig=waiting)
described = ecs.describe_tasks(cluster=cluster, tasks=[*running, "f" * 32], include=["TAGS"])
assert [failure["reason"] for failure in described["failures"]] == ["MISSING"]
ecs.submit_container_state_change(
    cluster=cluster,
    task=running[0],
    containerName="app",
    networkBindings=[{"bindIP": "0.0.0.0", "containerPort": 80, "hostPort": 32768, "protocol": "tcp"}],
)
attachment = described["tasks"][2]["attachments"][0]["id"]
ecs.submit_attachment_state_changes(
    cluster=cluster,
    attachments=[{"attachmentArn": f"arn:aws:ecs:us-east-1:123456789012:attachment/{attachment}", "status": "ATTACHED"}],
)
ecs.submit_task_state_change(
    cluster=cluster,
    task=running[0],
    status="RUNNING",
    managedAgents=[{"containerName": "app", "managedAgentName": "ExecuteCommandAgent", "status": "RUNNING"}],
)
ecs.describe_tasks(cluster=cluster, tasks=running)


def listed(**filters):
    return sorted(ecs.get_paginator("list_tasks").paginate(cluster=cluster, PaginationConfig={"PageSize": 1}, **filters).search("taskArns"))


assert listed() == sorted(running)
assert listed(family="stays") == sorted(running[:2])
assert listed(startedBy="judge") == [running[1]]
assert listed(launchType="FARGATE") == [running[2]]
assert listed(containerInstance=instance) == sorted(running[:2])
assert listed(desiredStatus="STOPPED") == []

# Tags
for arn in (running[0], instance, stays_arn, service_arn, cluster and f"arn:aws:ecs:us-east-1:123456789012:cluster/{cluster}"):
    ecs.tag_resource(resourceArn=arn, tags=[{"key": "two", "value": "2"}])
    ecs.untag_resource(resourceArn=arn, tagKeys=["one"])
    assert ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "two", "value": "2"}], arn

# The end
for arn in running:
    ecs.stop_task(cluster=cluster, task=arn, reason="judged")
short = ecs.run_task(cluster=cluster, taskDefinition=ends_arn, launchType="EC2")["tasks"][0]["taskArn"]
ecs.get_waiter("tasks_stopped").wait(cluster=cluster, tasks=[*running, short], WaiterConfig=waiting)
ended = ecs.describe_tasks(cluster=cluster, tasks=[short])["tasks"][0]
assert ended["containers"][0]["exitCode"] == 3 and ended["containers"][0]["imageDigest"].startswith("sha256:"), ended
assert listed(desiredStatus="STOPPED") == sorted([*running, short])
stream = logs.describe_log_streams(logGroupName="judged", logStreamNamePrefix="p/app/" + short.split("/")[-1])["logStreams"][0]
events = logs.get_log_events(logGroupName="judged", logStreamName=stream["logStreamName"], startFromHead=True)["events"]
assert [event["message"] for event in events] == ["gone"], events
found = logs.filter_log_events(logGroupName="judged", logStreamNames=[stream["logStreamName"]], filterPattern="gone")["events"]
assert [event["message"] for event in found] == ["gone"], found
logs.create_log_group(logGroupName="made")
groups = logs.get_paginator("describe_log_groups").paginate(PaginationConfig={"PageSize": 1}).search("logGroups[].logGroupName")
assert list(groups) == ["judged", "made"]

# What tools ask of an account
assert ecs.list_account_settings(effectiveSettings=True, name="taskLongArnFormat")["settings"][0]["value"] == "enabled"
assert ecs.describe_capacity_providers(capacityProviders=["FARGATE"])["capacityProviders"][0]["status"] == "ACTIVE"
assert ecs.delete_task_definitions(taskDefinitions=[stays_arn])["failures"][0]["arn"] == stays_arn

# Services
ecs.list_services()
services = ecs.describe_services(services=[service_arn, "never"], include=["TAGS"])
assert services["services"][0]["desiredCount"] == 1 and services["failures"][0]["reason"] == "MISSING"

# Refusals: each an error that the operation declares
refused("ClusterNotFoundException", ecs.run_task, cluster="never", taskDefinition="stays")
refused("ClientException", ecs.run_task, cluster=cluster, taskDefinition="never")
refused("InvalidParameterException", ecs.run_task, cluster=cluster, taskDefinition="stays", count=11)
refused("ConflictException", ecs.run_task, cluster=cluster, taskDefinition="stays", clientToken="token")
refused("InvalidParameterException", ecs.stop_task, cluster=cluster, task="f" * 32)
refused("ServiceNotFoundException", ecs.list_tasks, cluster=cluster, serviceName="none")
refused("ClusterContainsContainerInstancesException", ecs.delete_cluster, cluster=cluster)
refused("ResourceNotFoundException", ecs.tag_resource, resourceArn=f"{stays_arn}9", tags=tags)
refused("InvalidParameterException", ecs.list_tags_for_resource, resourceArn=f"{stays_arn}9")

# And everything away
attribute = {"name": "stack", "value": "prod", "targetId": instance}
assert ecs.put_attributes(cluster=cluster, attributes=[attribute])["attributes"][0]["value"] == "prod"
listed_attributes = ecs.list_attributes(cluster=cluster, targetType="container-instance", attributeName="stack")["attributes"]
assert [each["value"] for each in listed_attributes] == ["prod"], listed_attributes
refused("TargetNotFoundException", ecs.put_attributes, cluster=cluster, attributes=[{**attribute, "targetId": "f" * 32}])
assert ecs.delete_attributes(cluster=cluster, attributes=[{"name": "stack", "targetId": instance}])["attributes"][0]["name"] == "stack"
ecs.update_container_instances_state(cluster=cluster, containerInstances=[instance], status="DRAINING")
ecs.deregister_container_instance(cluster=cluster, containerInstance=instance)
ecs.deregister_task_definition(taskDefinition=stays_arn)
ecs.delete_cluster(cluster=cluster)

print(json.dumps(sorted(judged)))
