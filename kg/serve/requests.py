"""Reading a request: its body within the limit, its form fields, its text; each fault with its own status."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.serve.problems import HttpError

FORM = "application/x-www-form-urlencoded"


async def read_body(request: Request) -> bytes:
    """The whole body. Raises `HttpError` 413 as soon as it is longer than the settings allow."""
    most = request.app.state.settings.request
    announced = request.headers.get("content-length", "")
    body = bytearray()
    if not (announced.isdigit() and int(announced) > most):
        async for part in request.stream():
            body += part
            if len(body) > most:
                break
        else:
            return bytes(body)
    raise HttpError(413, f"the request is longer than {most:,} bytes", "send a shorter query", {"Connection": "close"})


def media_type(request: Request) -> str:
    """The media type of the body, "" where the request does not say."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def check_charset(request: Request) -> None:
    """Raise `HttpError` 415 where the body is announced in anything but UTF-8."""
    for part in request.headers.get("content-type", "").split(";")[1:]:
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'").lower() not in {"utf-8", "utf8", "us-ascii"}:
            raise HttpError(415, f"the charset {value.strip()!r} is not read here", "send UTF-8")


def decode(body: bytes, what: str) -> str:
    """The text of these bytes. Raises `HttpError` 400 where they are no UTF-8."""
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HttpError(400, f"{what} is no UTF-8 (byte {error.start + 1})", "encode it as UTF-8") from None


def fields(encoded: bytes, what: str) -> list[tuple[str, str]]:
    """The fields of a form or of a query string, in order. Raises `HttpError` 400 where they cannot be read."""
    try:
        return parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except (UnicodeDecodeError, ValueError):
        raise HttpError(400, f"{what} cannot be read", "write name=value&name=value, percent-encoded UTF-8") from None


def query_fields(request: Request) -> list[tuple[str, str]]:
    """The fields of the address. Raises `HttpError` 400, or 414 where they are longer than the settings allow."""
    encoded: bytes = request.scope["query_string"]
    if len(encoded) > request.app.state.settings.request:
        raise HttpError(414, "the address is too long", "send the query with POST")
    return fields(encoded, "the query string")
