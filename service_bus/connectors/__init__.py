"""Transports: they carry bytes in and out and know no format."""

from service_bus.connectors.file_drop import FileDrop
from service_bus.connectors.tcp import Session, TcpServer

__all__ = ["FileDrop", "Session", "TcpServer"]
