"""What a run of schemathesis is told about this API (run.mjs starts it): how somebody comes in, and what is there.

Whoever the run is for logs in as people do, with password and code, and proves again with the next code that it is
them. In place of made-up ids stand, half of the time, those that this person sees; `If-Match` names the version that
is there. Only requests that are meant to fit are touched: what is meant to be refused is sent as it was made.
"""

import atexit
import base64
import collections
import hashlib
import hmac
import json
import os
import re
import struct
import time
import urllib.error
import urllib.request

import schemathesis

ORIGIN = os.environ["YDT_ORIGIN"]
ACCOUNT = json.loads(os.environ.get("YDT_ACCOUNT", "null"))
RECEIPTS = json.loads(os.environ.get("YDT_RECEIPTS", "[]"))
VILLAGE = os.environ["YDT_VILLAGE"]
TOKEN = None


def ask(method, path, body=None, token=None):
    """Status, headers and JSON of a request below /api/v1."""
    headers = {"content-type": "application/json"} if body is not None else {}
    if token:
        headers["authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{ORIGIN}/api/v1{path}", data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, None


def code(secret, steps=0):
    """What the phone shows, or will show some half minutes from now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1)
    cut = mac[-1] & 15
    return f"{(int.from_bytes(mac[cut : cut + 4]) & 0x7FFFFFFF) % 1_000_000:06}"


def come_in():
    """An access token with a fresh code: login with the code of now, and again with the next one."""
    global TOKEN
    proof = {"username": ACCOUNT["username"], "password": ACCOUNT["password"]}
    for _ in range(20):
        status, headers, session = ask("POST", "/auth/login", {**proof, "totp_code": code(ACCOUNT["totp_secret"])})
        if status == 200:
            body = {"totp_code": code(ACCOUNT["totp_secret"], 1)}
            status, headers, session = ask("POST", "/auth/step-up", body, session["access_token"])
        if status == 200:
            TOKEN = session["access_token"]
            return TOKEN
        # A code that was used, or a pause after wrong ones that the run itself has sent.
        time.sleep(float(headers.get("retry-after", 5)))
    raise SystemExit(f"{ACCOUNT['username']} does not come in: {status}")


# A fresh code is good for five minutes, a token for ten.
@schemathesis.auth(refresh_interval=200)
class Door:
    def get(self, case, context):
        return come_in() if ACCOUNT else RECEIPTS

    def set(self, case, data, context):
        if ACCOUNT:
            case.headers["Authorization"] = f"Bearer {data}"
        elif "/receipt" in case.operation.path:
            case.headers["X-Receipt-Code"] = data[number_of(case) % len(data)]


def number_of(case):
    """The same number for the same request, so that a failure is met again when it is tried again."""
    text = json.dumps([case.path_parameters, case.query, case.body], default=str, sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])


def ids(path, field="id"):
    status, _, page = ask("GET", path, token=TOKEN)
    return [item[field] for item in page["items"]] if status == 200 else []


FOUND = {}


def known(path):
    """What the places of a path can stand for: a list of values for them."""
    room = re.match(r"/api/v1(/admin)?/[a-z-]+", path)
    if room is None or "{" not in path:
        return []
    room = room.group(0).removeprefix("/api/v1")
    if room not in FOUND:
        FOUND[room] = list(look(room))
    return FOUND[room]


def look(room):
    if room in ("/admin/complaints", "/admin/proposals", "/admin/staff", "/admin/zones", "/admin/relations"):
        yield from ({"id": one} for one in ids(f"{room}?limit=100" if room != "/admin/relations" else room))
    elif room in ("/admin/disclosures", "/disclosures"):
        listed = room if room.startswith("/admin") else f"/regions/{VILLAGE}/disclosures"
        for one in ids(listed)[:5]:
            lines = ids(f"{room}/{one}/lines?limit=5")
            vouchers = ids(f"/admin/disclosures/{one}/vouchers") if TOKEN else []
            nothing = "0" * 32
            yield {"id": one, "line_id": (lines or [nothing])[0], "voucher_id": (vouchers or [nothing])[0]}
    elif room == "/powers":
        yield from ({"id": one} for one in ids(f"/regions/{VILLAGE}/powers?limit=5"))
    elif room in ("/regions", "/admin/policies"):
        yield from ({"code": one, "county_code": one} for one in [VILLAGE, f"{VILLAGE[:9]}000", f"{VILLAGE[:6]}000000"])
    elif room == "/admin/organisations":
        yield from ({"id": unit["id"]} for unit in units())
    elif room == "/admin/posts":
        for unit in ask("GET", f"/regions/{VILLAGE}/organisations")[2]["items"]:
            yield from ({"id": post["id"]} for post in unit["posts"])


@schemathesis.hook
def before_call(context, case, kwargs):
    meta = case.meta
    if meta is None or not meta.generation.mode.is_positive:
        return
    # Whoever listens to what changes would listen until the token ends.
    if case.operation.path.endswith("/admin/complaints/events"):
        case.query = {**(case.query or {}), "seconds": 1}
    there = known(case.operation.path)
    number = number_of(case)
    if there and number % 2:
        chosen = there[number // 2 % len(there)]
        places = dict(case.path_parameters)
        places.update({name: value for name, value in chosen.items() if name in places})
        case.path_parameters = places
    if case.headers and "If-Match" in case.headers and "id" in case.path_parameters:
        room = re.match(r"/api/v1(/admin/[a-z-]+)/", case.operation.path).group(1)
        seen = version_of(room, case.path_parameters["id"])
        if seen is not None:
            case.headers["If-Match"] = seen


def units():
    status, _, page = ask("GET", f"/admin/organisations?region_code={VILLAGE[:9]}000&limit=100", token=TOKEN)
    return page["items"] if status == 200 else []


def version_of(room, one):
    """What somebody who has just looked at it says in `If-Match`."""
    if room == "/admin/organisations":
        # There is no page of a single unit.
        return next((f'"{unit["version"]}"' for unit in units() if unit["id"] == one), None)
    status, headers, _ = ask("GET", f"{room}/{one}", token=TOKEN)
    return headers.get("etag") if status == 200 else None


SEEN = collections.defaultdict(collections.Counter)


@schemathesis.hook
def after_call(context, case, response):
    SEEN[case.operation.label][response.status_code // 100] += 1


@schemathesis.check
def comes_in(context, response, case):
    """Whoever shows the token is let in: a run in which nobody came in would hold anything."""
    shown = response.request.headers.get("Authorization")
    if ACCOUNT and shown == f"Bearer {TOKEN}" and response.status_code == 401:
        raise AssertionError(f"{ACCOUNT['role']} is not let in: {response.text}")


@atexit.register
def say_what_was_seen():
    """For run.mjs: how many of the operations were also seen to succeed."""
    if SEEN:
        with open(os.environ["YDT_SEEN"], "w", encoding="utf-8") as file:
            json.dump({label: count[2] for label, count in SEEN.items()}, file)
