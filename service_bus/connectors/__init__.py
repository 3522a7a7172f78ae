"""Transports: they carry bytes in and out and know no format."""

from service_bus.connectors.tcp import Session, TcpServer

__all__ = ["Session", "TcpServer"]
