"""A real Apache Kafka 4 broker for tests: one node, started once, on loopback, from Maven's jars.

The jars are fetched once into ``.cache/kafka`` (not part of the repository). Needs Java 17 or
later, and Maven for the first time only.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.components import ROOT, free_port, missing

VERSION = "4.3.0"
CACHE = ROOT / ".cache" / "kafka"
FETCH_S = 240
START_S = 60

POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>airport.tests</groupId>
  <artifactId>kafka-broker</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version>
    </dependency>
  </dependencies>
</project>
"""

# One copy of everything, as there is one node; groups may have short leases, because tests wait
# for them to run out.
PROPERTIES = """process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={folder}/data
auto.create.topics.enable=false
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=2
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=500
log.retention.check.interval.ms=3600000
num.network.threads=2
num.io.threads=2
"""


def fetch_jars() -> Path:
    """Folder of the broker's jars, fetched if needed."""
    libraries = CACHE / "libs"
    if (libraries / f"kafka_2.13-{VERSION}.jar").is_file():
        return libraries
    if shutil.which("mvn") is None:
        missing("Maven (mvn), to fetch Kafka once")
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "pom.xml").write_text(POM, encoding="utf-8")
    command = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime"]
    try:
        subprocess.run(
            [*command, f"-DoutputDirectory={libraries}"],
            cwd=CACHE,
            check=True,
            capture_output=True,
            timeout=FETCH_S,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as fault:
        missing(f"Kafka {VERSION} from Maven Central ({fault})")
    return libraries


def await_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.2)
    process.kill()
    pytest.fail(f"Kafka did not start:\n{log.read_text(errors='replace')[-3000:]}")


@pytest.fixture(scope="session")
def kafka_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the broker, ``127.0.0.1:PORT``."""
    if shutil.which("java") is None:
        missing("Java 17, to run Kafka")
    jars = f"{fetch_jars()}/*"
    folder = tmp_path_factory.mktemp("kafka")
    port = free_port()
    properties = folder / "server.properties"
    properties.write_text(
        PROPERTIES.format(port=port, controller=free_port(), folder=folder), encoding="utf-8"
    )
    storage = ["java", "-cp", jars, "kafka.tools.StorageTool"]
    identity = subprocess.run(
        [*storage, "random-uuid"], check=True, capture_output=True, text=True, timeout=60
    ).stdout.split()[-1]
    subprocess.run(
        [*storage, "format", "--standalone", "-t", identity, "-c", str(properties)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    log = folder / "broker.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            ["java", "-Xmx512m", "-XX:+UseSerialGC", "-cp", jars, "kafka.Kafka", str(properties)],
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        await_port(port, process, log)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
