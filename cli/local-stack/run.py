"""Runs a local AWS with Careline deployed in it, for as long as standard input stays open.

Standard input begins with one line of JSON, the plan: `template`, `stack_name`, `directory`, `parameters` (of the
template), `binaries` (function binary by name). When it ends, by whatever death of its writer, everything started here
is killed and `directory` removed: nothing outlives a call.

Standard output is lines of JSON: {"step": "…"} while it starts, then one {"ready": {…}} or one {"failed": "…"}.
"""

import ctypes
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from pathlib import Path

from template import load

REGION = "us-east-1"
# The local AWS takes this key for the account's root and checks no signature of it.
OPERATOR = {"access_key_id": "test", "secret_access_key": "test"}
# What ministack and, through it, the functions inherit of this machine. Nothing else: no AWS profile, no proxy.
INHERITED = ("PATH", "LANG", "SYSTEMROOT")
# On two cores a ministack is ready within 3 s; when every core is busy compiling, it takes a while.
START_SECONDS = 90
DEPLOY_SECONDS = 180
MOST_STARTS = 3

# Where the functions' packages and the template lie for CloudFormation to fetch.
BUCKET = "careline-functions"


class Failed(Exception):
    """The stack can't be had; says why in words for the person at the terminal."""


def tell(**line):
    print(json.dumps(line), flush=True)


def die_with_parent():
    """Has the kernel kill the child when this process dies, should it not come to do so itself (Linux)."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGKILL)


def free_port():
    """A port that nobody takes before the local AWS does, a second later.

    Not one of those that the system gives to connections and to listeners on port 0 (Linux: from 32768 on): where tests
    run side by side, thousands of them come and go in that second.
    """
    for port in random.sample(range(10_000, 30_000), 1_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Failed("no port is free on 127.0.0.1")


class Ministack:
    """The local AWS: a process group, so that the functions it runs end with it."""

    def __init__(self, directory):
        self.directory = directory
        self.log = directory / "ministack.log"
        self.process = None
        self.endpoint = None

    def start(self):
        port = free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        environment |= {
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(port),
            "MINISTACK_HOST": "127.0.0.1",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_DEFAULT_REGION": REGION,
            "MINISTACK_REGION": REGION,
            "AUTH": "true",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            # An invoke holds a thread; callers' invokes wait for those of token-refresher.
            "MINISTACK_WORKER_THREADS": "256",
            "HOME": str(self.directory),
            "TMPDIR": str(self.directory),
            "STATE_DIR": str(self.directory / "state"),
            "S3_DATA_DIR": str(self.directory / "s3"),
            "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "ministack"],
                cwd=self.directory,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def wait_until_ready(self):
        deadline = time.monotonic() + START_SECONDS
        starts = 1
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                if starts == MOST_STARTS:
                    raise Failed(f"the local AWS ended while it started:\n{self.last_lines()}")
                # Somebody may have taken the port after all.
                starts += 1
                self.start()
            try:
                with urllib.request.urlopen(f"{self.endpoint}/_ministack/ready", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise Failed(f"the local AWS did not start within {START_SECONDS} s:\n{self.last_lines()}")

    def last_lines(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])

    def kill(self):
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.process.wait()


def zip_function(binary, archive):
    """A function's package as `sam build` makes it: the binary under the name that the runtime looks for."""
    entry = zipfile.ZipInfo("bootstrap")
    entry.external_attr = 0o755 << 16
    with zipfile.ZipFile(archive, "w") as package:
        package.writestr(entry, Path(binary).read_bytes())


def client(service, endpoint):
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=OPERATOR["access_key_id"],
        aws_secret_access_key=OPERATOR["secret_access_key"],
        config=Config(retries={"total_max_attempts": 1}, read_timeout=DEPLOY_SECONDS),
    )


def upload_functions(template, binaries, directory, endpoint):
    """Puts each function's package where the template says its code is, as `sam package` does."""
    s3 = client("s3", endpoint)
    s3.create_bucket(Bucket=BUCKET)
    template.get("Globals", {}).get("Function", {}).pop("CodeUri", None)
    for resource in template["Resources"].values():
        # A loop over the connections is a list.
        if not isinstance(resource, dict) or resource["Type"] != "AWS::Serverless::Function":
            continue
        name = resource["Metadata"]["BuildProperties"]["Binary"]
        archive = directory / f"{name}.zip"
        zip_function(binaries[name], archive)
        s3.upload_file(str(archive), BUCKET, archive.name)
        archive.unlink()
        resource["Properties"]["CodeUri"] = {"Bucket": BUCKET, "Key": archive.name}


def deploy(plan, template, endpoint):
    """Deploys the template and returns the stack's outputs. By way of S3, as `sam deploy` does: it is too long otherwise."""
    body = json.dumps(template, separators=(",", ":")).encode()
    client("s3", endpoint).put_object(Bucket=BUCKET, Key="template.json", Body=body)
    cloudformation = client("cloudformation", endpoint)
    name = plan["stack_name"]
    cloudformation.create_stack(
        StackName=name,
        TemplateURL=f"{endpoint}/{BUCKET}/template.json",
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in plan["parameters"].items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        OnFailure="DO_NOTHING",
    )
    deadline = time.monotonic() + DEPLOY_SECONDS
    while time.monotonic() < deadline:
        stack = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        if stack["StackStatus"] == "CREATE_COMPLETE":
            return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        if stack["StackStatus"] != "CREATE_IN_PROGRESS":
            raise Failed(f"the template could not be deployed: {why(cloudformation, stack)}")
        time.sleep(0.1)
    raise Failed(f"the template was not deployed within {DEPLOY_SECONDS} s")


def why(cloudformation, stack):
    """The resources that failed, first failure first."""
    events = cloudformation.describe_stack_events(StackName=stack["StackName"])["StackEvents"]
    failures = [
        f"{event['LogicalResourceId']} ({event['ResourceType']}): {event.get('ResourceStatusReason', 'no reason given')}"
        for event in reversed(events)
        if event["ResourceStatus"].endswith("_FAILED")
    ]
    return "; ".join(failures) or f"{stack['StackStatus']} {stack.get('StackStatusReason', '')}"


def assume_roles(outputs, endpoint):
    """Credentials of each role that the template tells, to try from outside what it may do."""
    sts = client("sts", endpoint)
    roles = {}
    for name, value in outputs.items():
        if name.endswith("RoleArn"):
            assumed = sts.assume_role(RoleArn=value, RoleSessionName="careline")["Credentials"]
            roles[name] = {
                "access_key_id": assumed["AccessKeyId"],
                "secret_access_key": assumed["SecretAccessKey"],
                "session_token": assumed["SessionToken"],
            }
    return roles


def start(plan, ministack):
    tell(step="starting the local AWS")
    ministack.start()
    template = load(Path(plan["template"]))
    client("sts", ministack.endpoint)  # loads the SDK while ministack starts
    ministack.wait_until_ready()
    tell(step="deploying template.yaml")
    upload_functions(template, plan["binaries"], ministack.directory, ministack.endpoint)
    outputs = deploy(plan, template, ministack.endpoint)
    tell(
        ready={
            "endpoint": ministack.endpoint,
            "region": REGION,
            "operator": OPERATOR,
            "outputs": outputs,
            "roles": assume_roles(outputs, ministack.endpoint),
        }
    )


def forget_this_machine():
    """Keeps an AWS profile or an HTTP proxy of whoever started this away from a stack on loopback."""
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull


def main():
    forget_this_machine()
    plan = json.loads(sys.stdin.readline())
    directory = Path(plan["directory"])
    directory.mkdir(parents=True)
    ministack = Ministack(directory)
    ended = threading.RLock()  # a signal may come to the very thread that has it

    def end(status):
        with ended:  # and never released: whoever comes second waits until the process is gone
            ministack.kill()
            shutil.rmtree(directory, ignore_errors=True)
            os._exit(status)

    def end_with_standard_input():
        while sys.stdin.read(4096):
            pass
        end(0)

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: end(1))
    threading.Thread(target=end_with_standard_input, daemon=True).start()
    try:
        start(plan, ministack)
        ministack.process.wait()
        with ended:  # not if it was ended
            tell(failed=f"the local AWS ended:\n{ministack.last_lines()}")
    except Failed as failure:
        tell(failed=str(failure))
    except Exception as error:  # whatever it is, the person at the terminal needs its words and the log's
        tell(failed=f"{type(error).__name__}: {error}\n{ministack.last_lines() if ministack.log.exists() else ''}")
    end(1)


if __name__ == "__main__":
    main()
