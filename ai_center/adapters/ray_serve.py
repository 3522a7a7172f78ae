"""Runs algorithms on Ray Serve; Ray is imported here and in ``ray_jobs.py`` alone.

One machine: a local Ray on the loopback interface, started and stopped with the platform. One
deployment, ``host``, holds every algorithm in one process (a replica per algorithm would cost 116
MB each). Calls go through a deployment handle; there is no HTTP proxy, no dashboard and no
telemetry. Ray restarts a dead replica itself; a dead Ray is restarted here.

Why the odd settings (Ray 2.60 on Linux, seen):

- Ray's servers listen on every interface unless it believes it may not form a cluster; the variable
  that says so carries another system's name (``RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER=0``). A Serve
  replica's own gRPC server, which unpickles what it is sent, ignores that too: see
  :func:`keep_to_loopback`.
- A random token is asked of everybody who connects (``RAY_AUTH_MODE=token``).
- Objects are never spilled to disk: photos pass through the object store.
- Ray's children die with the *thread* that started them (``PR_SET_PDEATHSIG``), so one thread lives
  as long as Ray does. What still survives a ``kill -9`` is swept up by ``ray_guardian``.
- Socket paths below the session folder must stay under 108 bytes, so a deep data folder is replaced
  by a temporary one.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import math
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from ai_center.adapters import ray_guardian
from ai_center.domain import Outcome
from ai_center.errors import AiError, NotReady, Overloaded, TimedOut
from ai_center.hosting import Host, HostContext, Hosted, settle

log = logging.getLogger(__name__)

APPLICATION = "algorithms"
LONGEST_FOLDER = 40
"""Characters; ``/session_<date>_<pid>/sockets/plasma_store`` adds up to 66, 107 are allowed."""

WATCH_INTERVAL_S = 5.0
PROBE_TIMEOUT_S = 5.0
STOP_TIMEOUT_S = 10.0
SIGNALS_INTERVAL_S = 0.05
"""How often signals are taken back while Ray starts, which takes them at a moment of its own."""
PATIENCE = 6
"""Failed probes in a row before Ray is restarted as a whole: Serve needs some ten seconds to bring
a replica back on its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RayLimits:
    """How much Ray may take.

    Attributes:
        threads: computing threads of a replica, and the CPUs it declares.
        replicas: processes that hold the algorithms.
        max_ongoing: calls a replica has taken on at once.
        max_queued: calls that wait in this process; one more is refused.
        object_store_bytes: shared memory for large arguments; at least 75 MiB.
    """

    threads: int = 1
    replicas: int = 1
    max_ongoing: int = 4
    max_queued: int = 32
    object_store_bytes: int = 96 * 1024 * 1024


class HostReplica:
    """The deployment: one host behind a thread pool, so that its event loop stays free."""

    def __init__(self, hosted: Sequence[Hosted], context: HostContext) -> None:
        """Build the algorithms; runs in the replica's process."""
        keep_to_loopback()
        self._host = Host(hosted, context)
        self._pool = ThreadPoolExecutor(context.threads, thread_name_prefix="algorithm")

    async def call(self, name: str, batch: Sequence[object]) -> list[Outcome] | AiError:
        """Run a batch. Faults are given back as values: Ray logs what is raised."""
        waiting = asyncio.wrap_future(self._pool.submit(self._host.call, name, batch))
        await asyncio.wait({waiting})
        return settle(name, waiting)

    async def pid(self) -> int:
        """The replica's process; answering is the sign of life."""
        return os.getpid()


class RayServeRuntime:
    """A local Ray with one Serve application."""

    def __init__(
        self,
        hosted: Sequence[Hosted],
        context: HostContext,
        *,
        limits: RayLimits,
        folder: Path,
    ) -> None:
        """Say what to run; nothing starts yet.

        Args:
            hosted: algorithms.
            context: for their factories; sent to the replica.
            limits: how much Ray may take.
            folder: for sockets and Ray's logs while it runs.
        """
        self._hosted = tuple(hosted)
        self._context = context
        self._limits = limits
        self._folder = folder
        self._mark = secrets.token_hex(16)
        self._session: Path | None = None
        self._thread: ThreadPoolExecutor | None = None
        self._guardian: subprocess.Popen[bytes] | None = None
        self._handle: Any = None
        self._watch: asyncio.Task[None] | None = None
        self._state: str | None = "algorithm centre has not been started"

    async def start(self) -> None:
        """Bring Ray up; some ten seconds. Raises NotReady when it cannot."""
        if self._thread is not None:
            return
        self._state = "algorithm centre is starting"
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ray")
        fault = await self._bring_up_and_keep_signals()
        if fault is not None:
            await self.stop()
            raise NotReady(f"Ray could not be started ({fault})")
        self._state = None
        self._watch = asyncio.create_task(self._keep_up(), name="ray-watch")

    async def stop(self) -> None:
        """Stop the application and Ray; returns when no process of it is left."""
        self._state = "algorithm centre is stopped"
        self._handle = None
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait({self._watch})
            self._watch = None
        if self._thread is not None:
            await self._in_thread(self._take_down)
            thread, self._thread = self._thread, None
            await asyncio.to_thread(thread.shutdown)

    def ready(self) -> str | None:
        """``None`` when calls can be made."""
        return self._state

    @property
    def session(self) -> Path | None:
        """Folder of sockets and Ray's logs; ``None`` before the first start."""
        return self._session

    async def call(
        self, name: str, batch: Sequence[object], *, timeout_s: float
    ) -> Sequence[Outcome]:
        """Run an algorithm on a batch, one outcome per payload; see the port for what it raises."""
        handle = self._handle
        if handle is None or self._state is not None:
            raise NotReady(self._state or "algorithm centre is starting")
        task = asyncio.ensure_future(_answer_of(handle.call.remote(name, list(batch))))
        await asyncio.wait({task}, timeout=timeout_s)
        if not task.done():
            task.cancel()
            raise TimedOut(name, timeout_s)
        fault = task.exception()
        if fault is not None:
            raise _translated(name, fault)
        answer: list[Outcome] | AiError = task.result()
        if isinstance(answer, AiError):
            raise answer
        return answer

    async def _bring_up_and_keep_signals(self) -> str | None:
        """Bring Ray up; a signal to stop is obeyed meanwhile as at any other time."""
        rising = asyncio.ensure_future(self._in_thread(self._bring_up))
        try:
            while not rising.done():
                await asyncio.wait({rising}, timeout=SIGNALS_INTERVAL_S)
                take_signals_back()
        finally:
            take_signals_back()
        return rising.result()

    async def _in_thread(self, work: Callable[[], None]) -> str | None:
        """Run in the thread that owns Ray; gives what went wrong, in words."""
        assert self._thread is not None
        waiting = asyncio.wrap_future(self._thread.submit(work))
        await asyncio.wait({waiting})
        fault = waiting.exception()
        return None if fault is None else f"{type(fault).__name__}: {str(fault)[:300]}"

    def _bring_up(self) -> None:
        folder = self._session = session_folder(self._folder)
        self._guardian = guard(self._mark, folder)
        limits = self._limits
        start_ray(
            self._mark,
            folder,
            cpus=max(1, limits.threads * limits.replicas),
            object_store_bytes=limits.object_store_bytes,
        )
        from ray import serve

        serve.start(proxy_location="Disabled")
        self._handle = serve.run(
            application(self._hosted, self._context, limits), name=APPLICATION, route_prefix=None
        )
        self._handle.pid.remote().result(timeout_s=PROBE_TIMEOUT_S)

    def _take_down(self) -> None:
        if "ray" in sys.modules:
            import ray

            ray.shutdown()
        guardian, self._guardian = self._guardian, None
        if guardian is not None and guardian.stdin is not None:
            guardian.stdin.close()
            guardian.wait(timeout=STOP_TIMEOUT_S)

    async def _keep_up(self) -> None:
        """Look after Ray until cancelled."""
        missed = 0
        while True:
            await asyncio.sleep(WATCH_INTERVAL_S)
            if not ray_processes_alive():
                missed = PATIENCE
            elif await self._in_thread(self._probe) is None:
                missed = 0
                self._state = None
                continue
            missed += 1
            self._state = "algorithm centre is restarting"
            if missed >= PATIENCE:
                await self._restart()

    def _probe(self) -> None:
        self._handle.pid.remote().result(timeout_s=PROBE_TIMEOUT_S)

    async def _restart(self) -> None:
        log.warning("event=ray.restart reason=%s", "no sign of life")
        self._handle = None
        await self._in_thread(self._take_down)
        fault = await self._bring_up_and_keep_signals()
        if fault is None:
            self._state = None
        else:
            log.error("event=ray.restart.failed reason=%s", fault)


def start_ray(mark: str, folder: Path, *, cpus: int, object_store_bytes: int) -> None:
    """Start a local Ray: loopback only, token, no dashboard, no usage statistics, no spilling.

    Args:
        mark: that every process of it carries, for the guardian.
        folder: for sockets and logs; see :func:`session_folder`.
        cpus: that it may give to tasks and replicas.
        object_store_bytes: shared memory for large arguments.
    """
    os.environ.update(environment(mark))
    import ray  # its import reads the environment

    for name in ("ray", "ray.serve"):
        logging.getLogger(name).setLevel(logging.ERROR)
    ray.init(
        address="local",
        num_cpus=cpus,
        num_gpus=0,
        include_dashboard=False,
        object_store_memory=object_store_bytes,
        log_to_driver=False,
        configure_logging=False,
        runtime_env={"env_vars": {"PYTHONPATH": import_path()}},
        _temp_dir=str(folder),
        _node_ip_address="127.0.0.1",
        _system_config={
            "automatic_object_spilling_enabled": False,
            "enable_worker_prestart": False,
            "prestart_worker_first_driver": False,
        },
    )


def take_signals_back() -> None:
    """Put this process's own signal handlers back in force.

    Ray puts handlers of its own before Python's: they print a stack for every SIGTERM, set an alarm
    clock, and abort the process when it rings three seconds later, in the middle of an orderly stop.
    So the clock is stopped too, for a signal that came before this. Only the main thread may set
    handlers; a process that runs its loop elsewhere (a test) keeps Ray's.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    if hasattr(signal, "alarm"):
        signal.alarm(0)
    for number in (signal.SIGTERM, signal.SIGINT):
        handler = signal.getsignal(number)
        if handler is not None:
            signal.signal(number, handler)
            signal.siginterrupt(number, False)


def application(hosted: Sequence[Hosted], context: HostContext, limits: RayLimits) -> Any:
    """The Serve application: one deployment that sheds load instead of queueing without end."""
    from ray import serve
    from ray.serve.schema import LoggingConfig

    deployment: Any = serve.deployment(
        HostReplica,
        name="host",
        num_replicas=limits.replicas,
        max_ongoing_requests=limits.max_ongoing,
        max_queued_requests=limits.max_queued,
        ray_actor_options={"num_cpus": limits.threads},
        health_check_period_s=WATCH_INTERVAL_S,
        graceful_shutdown_timeout_s=STOP_TIMEOUT_S,
        logging_config=LoggingConfig(enable_access_log=False, log_level="WARNING"),
    )
    return deployment.bind(tuple(hosted), context)


def environment(mark: str) -> dict[str, str]:
    """What Ray reads from the environment, for this process and those it starts."""
    return {
        ray_guardian.VARIABLE: mark,
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": os.environ.get("RAY_AUTH_TOKEN") or secrets.token_hex(32),
        "RAY_DISABLE_IMPORT_WARNING": "1",
    }


def import_path() -> str:
    """Where a replica finds this package, whether it is installed or run from a checkout."""
    return str(Path(__file__).resolve().parents[2])


def session_folder(wished: Path) -> Path:
    """A private, empty folder whose path is short enough for Ray's sockets."""
    if len(str(wished)) > LONGEST_FOLDER:
        return Path(tempfile.mkdtemp(prefix="airport-brain-ray-", dir="/tmp"))
    shutil.rmtree(wished, ignore_errors=True)
    wished.mkdir(parents=True, mode=0o700)
    return wished


def guard(mark: str, folder: Path) -> subprocess.Popen[bytes]:
    """Start the guardian; it sweeps up when its standard input closes."""
    return subprocess.Popen(
        [sys.executable, "-I", "-S", ray_guardian.__file__, mark, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def ray_processes_alive() -> bool:
    """Whether Ray's two servers, children of this process, are running."""
    return {"raylet", "gcs_server"} <= {_running_name(p) for p in psutil.Process().children()}


def _running_name(process: psutil.Process) -> str:
    try:
        return "" if process.status() == psutil.STATUS_ZOMBIE else process.name()
    except psutil.NoSuchProcess:
        return ""


def keep_to_loopback() -> None:
    """Make the replica's internal gRPC server listen on the loopback interface.

    Serve binds it to every interface, without asking for the token, and it unpickles requests; no
    setting changes that. The name is checked so that another version of Ray fails loudly here.
    """
    replica: Any = importlib.import_module("ray.serve._private.replica")
    bind = replica.add_port_to_grpc_server

    def bind_to_loopback(server: Any, address: str) -> int:
        port: int = bind(server, address.replace("[::]", "127.0.0.1"))
        return port

    replica.add_port_to_grpc_server = bind_to_loopback


def threads_for(cpus: float) -> int:
    """Whole threads for a share of CPUs."""
    return max(1, math.ceil(cpus))


async def _answer_of(response: Any) -> Any:
    return await response


def _translated(name: str, fault: BaseException) -> AiError:
    """Ray's own faults in our words; what algorithms raise comes back as a value."""
    from ray.serve.exceptions import BackPressureError

    if isinstance(fault, BackPressureError):
        return Overloaded(name)
    return NotReady(
        f"the process of algorithm {name!r} is being restarted ({type(fault).__name__})"
    )
