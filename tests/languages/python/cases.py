"""What the drivers have in common: how they say what a call gave."""

import json
from collections.abc import Mapping


def report(case: str, results: Mapping[str, int]) -> None:
    print(case, json.dumps(dict(results)))


def refused(case: str, status: int | None, headers: Mapping[str, str] | None) -> None:
    assert headers is not None
    told = {
        "status": status,
        "limit": int(headers["X-RateLimit-Limit"]),
        "remaining": int(headers["X-RateLimit-Remaining"]),
        "reset": int(headers["X-RateLimit-Reset-Time"]),
    }
    print(case, json.dumps(told))
