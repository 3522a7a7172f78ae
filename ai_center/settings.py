"""What an operator may set about the algorithm centre."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class AiSettings(BaseModel):
    """Where algorithms run, how much they take, which face models they use."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    runtime: Literal["ray", "in_process"] = Field(
        default="ray",
        description="Where algorithms run: a local Ray Serve, or threads of this process.",
    )
    face_pack: str = Field(
        default="default",
        description="Face models: a pack's name (airport-brain models list), or the path of a "
        "folder in insightface's layout.",
    )
    face_liveness: str = Field(
        default="",
        description="Nets that also look at every face for traces of a recapture: the set "
        "'minifasnet' (airport-brain models list); empty leaves that out. About 9 ms a face.",
    )
    fetch_models: bool = Field(
        default=True,
        description="Fetch missing models of the pack when the centre starts; off on machines "
        "that must not reach a registry.",
    )
    dataset_folder: str = Field(
        default="../shared/data/algorithms",
        description="Folder that is looked through for files of the declared data sets, after the "
        "data folder's own 'datasets'; only training and evaluation read it.",
    )
    threads: int = Field(
        default=1,
        ge=1,
        le=64,
        description="Computing threads per algorithm process; 1 leaves the other core of a small "
        "machine to the platform.",
    )
    replicas: int = Field(
        default=1, ge=1, le=64, description="Algorithm processes; each takes about 0.35 GiB."
    )
    max_ongoing: int = Field(
        default=4, ge=1, description="Calls one algorithm process has taken on at once."
    )
    max_queued: int = Field(
        default=32,
        ge=1,
        description="Calls that may wait; one more is refused with 503 instead of waiting longer "
        "than a passenger would.",
    )
    max_planning: int = Field(
        default=4,
        ge=0,
        description="Plans that may wait for the one process that plans; one more is refused with "
        "503. A plan takes up to a minute of one core.",
    )
    object_store_mib: int = Field(
        default=96,
        ge=80,
        description="Shared memory for photos on their way to an algorithm, MiB; Ray needs 75.",
    )
    retry_s: float = Field(
        default=30.0,
        gt=0,
        description="Seconds between attempts to start the runtime or to fetch missing models.",
    )
