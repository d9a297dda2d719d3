import assert from "node:assert/strict";
import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { UNKNOWN } from "../../../../src/inputs/unknown";
import { warnOfDefinition } from "../../../../src/inputs/check/warn-of-definition";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";

const inputs: TaskInputs = { taskDefinition: "app:1" };
const two: ContainerDefinition[] = [{ name: "app" }, { name: "proxy" }];
const warn = (over: Partial<TaskInputs>, containerDefinitions?: ContainerDefinition[]) =>
  warnOfDefinition({ ...inputs, ...over }, containerDefinitions ? { containerDefinitions } : {});

describe("a warning before a run", () => {
  it("says that several essential containers cannot be told apart, and what to write", () => {
    assert.deepStrictEqual(warn({}, two), [
      'Several containers are essential ("app", "proxy"), and nothing shows which one does the work: if one of them is killed, nobody can tell whether the work was done, and the run fails (WORK_UNKNOWN). Name the container that does the work in successContainers, or give it its command in overrides.',
    ]);
  });

  it("is not given where it is known which container does the work", () => {
    assert.deepStrictEqual(warn({ successContainers: ["app"] }, two), []);
    const containerOverrides = [{ name: "app", command: ["migrate"] }];
    assert.deepStrictEqual(warn({ overrides: { containerOverrides } }, two), []);
    assert.deepStrictEqual(warn({}, [{ name: "app" }, { name: "proxy", essential: false }]), []);
    assert.deepStrictEqual(warn({}), []);
  });

  it("is not given where preview does not know it yet", () => {
    assert.deepStrictEqual(warn({ successContainers: [UNKNOWN] }, two), []);
    const containerOverrides = [{ name: "app", command: [UNKNOWN] }];
    assert.deepStrictEqual(warn({ overrides: { containerOverrides } }, two), []);
  });

  it("names a container that is started again after its success, and what to write", () => {
    const restartPolicy = { enabled: true, ignoredExitCodes: [7], restartAttemptPeriod: 60 };

    assert.deepStrictEqual(warn({ successExitCodes: [0, 7, 3] }, [{ name: "app", restartPolicy }]), [
      'Container "app" has a restartPolicy that starts it again after exit code 0, 3, which means success: a run that takes longer than restartAttemptPeriod (60 s) is done again and again, and never ends. Write ignoredExitCodes: [7, 0, 3] in its restartPolicy, or enabled: false.',
    ]);
    assert.match(warn({}, [{ name: "app", restartPolicy: { enabled: true } }])[0] ?? "", /\(300 s\)/);
  });

  it("says nothing of a restart policy that lets success be, is off, or is that of a sidecar", () => {
    const ignoring = { enabled: true, ignoredExitCodes: [4_294_967_295, 0] };
    assert.deepStrictEqual(
      warn({ successExitCodes: [-1, 0] }, [{ name: "app", restartPolicy: ignoring }]),
      [],
    );
    assert.deepStrictEqual(warn({}, [{ name: "app", restartPolicy: { enabled: false } }]), []);
    assert.deepStrictEqual(warn({ successContainers: ["app"] }, [{ restartPolicy: { enabled: true } }]), []);
    const nameless = { essential: false, restartPolicy: { enabled: true } };
    assert.deepStrictEqual(warn({}, [{ name: "app" }, nameless]), []);
  });
});
