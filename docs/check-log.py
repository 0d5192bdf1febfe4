#!/usr/bin/env python3
"""Checks an audit log that Keyhouse exported, an archived day, or the proof of one event.

    check-log.py FOLDER --key KEY [--from INDEX] [--older CHECKPOINT]
    check-log.py PROOF.json --key KEY
    check-log.py DIGESTS --key KEY           a folder of CloudTrail log and digest files (it has AWSLogs in it)

KEY is the log's verifier key (NAME+ID+BASE64) or a file that holds it. Nothing but Python's standard library is needed.

This program shares no code with Keyhouse. It is written from RFC 6962 (Merkle trees), RFC 8032 (Ed25519), C2SP
signed-note, tlog-checkpoint and tlog-tiles, and the description of the files in docs/audit-export.md.
"""
import argparse
import base64
import gzip
import hashlib
import json
import os
import re
import struct
import sys

# ── Ed25519 (RFC 8032, section 5.1) ────────────────────────────────────────────────────────────────────────────────

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    """The x of a point, or None where there is none (5.1.3)."""
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * SQRT_MINUS_1 % P
    if (x * x - square) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def point(data):
    """An encoded point in extended coordinates, or None."""
    number = int.from_bytes(data, "little")
    y = number & ((1 << 255) - 1)
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, base):
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, base)
        base = add(base, base)
        scalar >>= 1
    return result


def same(one, other):
    return (one[0] * other[2] - other[0] * one[2]) % P == 0 and (one[1] * other[2] - other[1] * one[2]) % P == 0


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def signature_holds(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    k = int.from_bytes(digest, "little") % ORDER
    return same(times(s, BASE), add(r, times(k, a)))


# ── Notes and checkpoints (C2SP signed-note, tlog-checkpoint) ──────────────────────────────────────────────────────


class Wrong(Exception):
    """What is wrong, in words."""


def unbase64(text, what):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Wrong(what + " is no base64")
    if base64.b64encode(data).decode() != text:
        raise Wrong(what + " is not spelt as base64 is")
    return data


def parse_key(text):
    match = re.fullmatch(r"([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})", text.strip())
    if not match:
        raise Wrong("this is no verifier key: " + text.strip())
    name, key_id, encoded = match.groups()
    typed = unbase64(encoded, "the verifier key")
    if len(typed) != 33 or typed[0] != 1:
        raise Wrong("the verifier key is none of Ed25519")
    if hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4].hex() != key_id:
        raise Wrong("the verifier key does not have the id that it states")
    return name, bytes.fromhex(key_id), typed[1:]


def open_note(note, keys):
    """The text of a signed note; Wrong where none of the keys signed it."""
    try:
        decoded = note.decode("utf-8")
    except UnicodeDecodeError:
        raise Wrong("the note is no UTF-8")
    text, separator, signatures = decoded.rpartition("\n\n")
    if not separator or not signatures.endswith("\n"):
        raise Wrong("this is no signed note")
    text += "\n"
    known = 0
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch("\u2014 (\\S+) ([A-Za-z0-9+/]+={0,2})", line)
        if not match:
            raise Wrong("a signature line cannot be read")
        data = unbase64(match.group(2), "a signature")
        for name, key_id, public in keys:
            if name == match.group(1) and key_id == data[:4]:
                known += 1
                if not signature_holds(public, text.encode(), data[4:]):
                    raise Wrong("the signature of %s does not hold" % name)
    if known == 0:
        raise Wrong("no key that was given signed it")
    return text


def open_checkpoint(note, keys):
    """Origin, size and root of a signed checkpoint."""
    lines = open_note(note, keys).split("\n")
    if len(lines) < 4 or not re.fullmatch(r"0|[1-9][0-9]{0,15}", lines[1]):
        raise Wrong("this is no checkpoint")
    root = unbase64(lines[2], "the root")
    if len(root) != 32 or lines[0] not in [name for name, _, _ in keys]:
        raise Wrong("this is no checkpoint of the log whose key was given")
    return lines[0], int(lines[1]), root


# ── Trees (RFC 6962, section 2.1) ──────────────────────────────────────────────────────────────────────────────────


def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(text):
    return sha256(b"\x00" + text)


def node_hash(left, right):
    return sha256(b"\x01" + left + right)


def tree_hash(hashes):
    """MTH over hashes of leaves, or of perfect subtrees of one height."""
    if not hashes:
        return sha256(b"")
    row = list(hashes)
    # The last of a row goes up as it is where it has no neighbour: that is the split at the largest power of two.
    while len(row) > 1:
        above = [node_hash(row[i], row[i + 1]) for i in range(0, len(row) - 1, 2)]
        row = above + row[len(row) - len(row) % 2 :]
    return row[0]


def joined(subtrees):
    """Perfect subtrees from left to right, each smaller than the one before."""
    if not subtrees:
        return sha256(b"")
    right = subtrees[-1]
    for left in reversed(subtrees[:-1]):
        right = node_hash(left, right)
    return right


def root_from_path(leaf, index, size, path):
    """The root that an audit path leads to (section 2.1.1, from the leaf up); None where its length is not that of the place."""
    path = list(path)

    def walk(first, count, at):
        if count == 1:
            return leaf
        half = 1
        while half * 2 < count:
            half *= 2
        if not path:
            raise Wrong("the path is too short")
        beside = path.pop()
        if at < half:
            return node_hash(walk(first, half, at), beside)
        return node_hash(beside, walk(first + half, count - half, at - half))

    if not 0 <= index < size:
        return None
    root = walk(0, size, index)
    return None if path else root


# ── Files (C2SP tlog-tiles) ────────────────────────────────────────────────────────────────────────────────────────

WIDTH = 256


def tile_name(number):
    name = "%03d" % (number % 1000)
    number //= 1000
    while number:
        name = "x%03d/%s" % (number % 1000, name)
        number //= 1000
    return name


class Folder:
    """The files of an export for a tree of a size."""

    def __init__(self, path, size):
        self.path, self.size = path, size

    def width(self, level, number):
        return max(0, min(WIDTH, self.size // WIDTH**level - number * WIDTH))

    def name(self, family, number, width):
        partial = "" if width == WIDTH else ".p/%d" % width
        return "%s/%s%s%s" % (family, tile_name(number), partial, ".ndjson" if family == "events" else "")

    def bytes(self, name):
        try:
            with open(os.path.join(self.path, *name.split("/")), "rb") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def tile(self, level, number):
        data = self.bytes(self.name("tile/%d" % level, number, self.width(level, number)))
        return None if data is None else [data[i : i + 32] for i in range(0, len(data), 32)]

    def leaves(self, family, number):
        return self.bytes(self.name(family, number, self.width(0, number)))

    def stray(self):
        """Files that an export of this size does not have."""
        named = {"checkpoint", "manifest.json", "README.txt", "log.pub", "archive", "SHA256SUMS"}
        for parent, _, files in os.walk(self.path):
            for file in files:
                name = os.path.relpath(os.path.join(parent, file), self.path).replace(os.sep, "/")
                match = re.fullmatch(r"(tile/\d|tile/entries|events)/((?:x\d{3}/)*\d{3})(?:\.p/\d+)?(?:\.ndjson)?", name)
                if match:
                    family, number = match.group(1), int(re.sub("[x/]", "", match.group(2)))
                    level = int(family[5:]) if family[5:].isdigit() else 0
                    if name == self.name(family, number, self.width(level, number)):
                        continue
                if name not in named:
                    yield name


def b64sha(text):
    return base64.b64encode(sha256(text)).decode()


def leaf_text(event):
    """The text that the log hashes of an event (docs/audit-export.md)."""

    def line(value):
        return "-" if value is None else value.replace("\\", "\\\\").replace("\n", "\\n")

    def digest(text):
        return "-" if text is None else b64sha(text.encode("utf-8", "surrogatepass"))

    record = event["record"].encode("utf-8", "surrogatepass")
    if "recordBase64" in event:
        record = base64.b64decode(event["recordBase64"])
    names = ["id", "time", "account", "region", "keyId", "engineId", "stream", "counter"]
    lines = ["keyhouse-event/v1"] + [line(event[name]) for name in names]
    lines += [b64sha(record), digest(event["decision"]), digest(event["context"])]
    return "".join(one + "\n" for one in lines).encode("utf-8", "surrogatepass")


class Check:
    """Everything that is found, by the first leaf that it concerns."""

    def __init__(self):
        self.faults, self.numbers, self.declared, self.newest = [], {}, {}, ""

    def fault(self, index, what):
        self.faults.append((index, what))

    def count(self, event):
        """The engines' counts: each number once, and none left out that is not declared."""
        index, engine, stream = event["index"], event["engineId"], event["stream"]
        held = self.numbers.setdefault((engine, stream), {})
        number = int(event["counter"]) if re.fullmatch(r"\d+", event["counter"]) else -1
        if number in held:
            self.fault(index, "has the same number of its engine as event %d" % held[number][0])
        held[number] = (index, event["time"])
        self.newest = max(self.newest, event["time"])
        if '"DeclareEventNumbers"' in event["record"]:
            record = json.loads(event["record"])
            details = record.get("serviceEventDetails") or {}
            if record.get("eventName") == "DeclareEventNumbers" and record.get("eventSource") == "keyhouse":
                ranges = self.declared.setdefault(details.get("engineId"), [])
                ranges += details.get("unknown", []) + details.get("unused", [])

    def gaps(self, from_start):
        """Numbers that no event has, with the event that has the next; those of the last minute may still come."""
        for (engine, stream), held in self.numbers.items():
            ranges = self.declared.get(engine, []) if stream == "batch" else []
            before = 0 if from_start else min(held) - 1
            for number in sorted(held):
                missing = [n for n in range(before + 1, min(number, before + 10**6)) if not any(a <= n <= b for a, b in ranges)]
                before = number
                if missing and seconds(self.newest) - seconds(held[number][1]) >= 60:
                    yield held[number][0], "number %d (%s) of engine %s is missing" % (missing[0], stream, engine)


def seconds(time):
    from datetime import datetime

    return datetime.strptime(time, "%Y-%m-%dT%H:%M:%S.%fZ").timestamp() if time else 0


MEMBERS = ["index", "id", "time", "account", "region", "keyId", "engineId", "stream", "counter", "record", "decision", "context"]


def parse_events(data, start, width, check):
    """Events of one file by index. Lines must ascend."""
    events, at = {}, start
    if data is None:
        return events
    lines = data.split(b"\n")
    if lines[-1] != b"":
        check.fault(start + len(lines) - 1, "its line is not ended")
    for line in lines[:-1]:
        try:
            event = json.loads(line.decode("utf-8"))
            if any(name not in event for name in MEMBERS) or set(event) - set(MEMBERS) - {"recordBase64"}:
                raise ValueError
        except ValueError:
            check.fault(at, "its line cannot be read as an event")
            at += 1
            continue
        index = event["index"]
        if not isinstance(index, int) or index < at or index >= start + width:
            check.fault(max(start, min(at, index if isinstance(index, int) else at)), "a line stands where it does not belong")
            continue
        events[index] = event
        at = index + 1
    return events


def parse_entries(data):
    entries, at = [], 0
    while data is not None and at + 2 <= len(data):
        (length,) = struct.unpack_from(">H", data, at)
        if at + 2 + length > len(data):
            break
        entries.append(data[at + 2 : at + 2 + length] if length else None)
        at += 2 + length
    return entries, data is not None and at == len(data)


def check_leaves(folder, number, required, check):
    """The hashes of one tile of level 0, compared with events and entries; None where it is not there."""
    start, width = number * WIDTH, folder.width(0, number)
    tile = folder.tile(0, number)
    events = parse_events(folder.leaves("events", number), start, width, check)
    entries, whole = parse_entries(folder.leaves("tile/entries", number))
    needed = [i for i in range(start, start + width) if any(a <= i < b for a, b in required)]
    if needed and tile is None:
        check.fault(needed[0], "tile 0/%d is missing" % number)
    if needed and not entries:
        check.fault(needed[0], "the file of its entry is missing")
    if entries and (len(entries) != width or not whole):
        check.fault(start + min(len(entries), width - 1), "the file of entries is not whole, or goes on")
    for index in range(start, start + width):
        place = index - start
        entry = entries[place] if place < len(entries) else None
        if index not in events:
            if index in needed:
                check.fault(index, "the event is missing")
            elif entry is not None:
                check.fault(index, "there is an entry without its event")
            continue
        text = leaf_text(events[index])
        if entry != text:
            check.fault(index, "its entry is not what its event makes")
        if tile is not None and (place >= len(tile) or tile[place] != leaf_hash(text)):
            check.fault(index, "its event and the hash in the tile do not belong together")
        check.count(events[index])
    return tile


def check_tree(folder, tops, required, root, check):
    """Every tile leads to the hash that the tile above has of it, and the tiles at the edge to the root."""
    level, below, edge = 0, tops, []
    while True:
        nodes = folder.size // WIDTH**level
        if nodes == 0:
            break
        tiles = {}
        for number in range((nodes + WIDTH - 1) // WIDTH):
            tile = below.get(number) if level == 0 else folder.tile(level, number)
            span, first = WIDTH ** (level + 1), number * WIDTH ** (level + 1)
            over = [max(first, a) for a, b in required if a < first + span and b > first and b > a]
            if tile is None:
                if level > 0 and over:
                    check.fault(over[0], "tile %d/%d is missing" % (level, number))
                continue
            if len(tile) != folder.width(level, number) or len(tile[-1]) != 32:
                check.fault(first + (len(tile) - 1) * WIDTH**level, "tile %d/%d is not whole" % (level, number))
            tiles[number] = tile
            if level > 0:
                for place, stated in enumerate(tile):
                    child = below.get(number * WIDTH + place)
                    if child is not None and tree_hash(child) != stated:
                        at = (number * WIDTH + place) * WIDTH**level
                        spoilt = [i for i, _ in check.faults if i is not None and at <= i < at + WIDTH**level]
                        if not spoilt:
                            check.fault(at, "the tile below does not lead to what tile %d/%d has" % (level, number))
        if nodes % WIDTH:
            edge.insert(0, tiles.get(nodes // WIDTH, []))
        below = tiles
        level += 1
    if edge_root(edge) != root:
        check.fault(None, "the hashes do not lead to the root that the checkpoint signs")


def edge_root(edge):
    """The root of a tree from its tiles that are not full, the highest level first."""
    subtrees = []
    for tile in edge:
        at, size = 0, WIDTH // 2
        while size:
            if len(tile) & size:
                subtrees.append(tree_hash(tile[at : at + size]))
                at += size
            size //= 2
    return joined(subtrees)


def root_at(folder, size):
    """The root over the first leaves; None where their tiles are not there."""
    edge, level = [], 0
    while size // WIDTH**level:
        nodes = size // WIDTH**level
        if nodes % WIDTH:
            tile = folder.tile(level, nodes // WIDTH)
            if tile is None or len(tile) < nodes % WIDTH:
                return None
            edge.insert(0, tile[: nodes % WIDTH])
        level += 1
    return edge_root(edge)


def read_archive(path, keys, check):
    """The ranges of leaves that an archived day has; None for what is no archive."""
    folder = Folder(path, 0)
    note = folder.bytes("archive")
    if note is None:
        return None
    lines = open_note(note, keys).split("\n")
    if len(lines) != 7 or lines[0] != "keyhouse-audit-archive/v1":
        raise Wrong("the archive's note is none")
    sums = folder.bytes("SHA256SUMS") or b""
    if hashlib.sha256(sums).hexdigest() != lines[5]:
        raise Wrong("SHA256SUMS is not the one that the archive's note signs")
    for line in sums.decode().splitlines():
        digest, name = line.split("  ", 1)
        data = folder.bytes(name)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            check.fault(None, "%s is not the file that SHA256SUMS names" % name)
    if lines[4] == "-":
        return []
    return [(int(a), int(b) + 1) for a, b in (part.split("-") for part in lines[4].split(","))]


def check_folder(path, keys, first, older):
    check = Check()
    if os.path.exists(os.path.join(path, "unfinished")):
        check.fault(None, "an export into this folder was not finished")
    archived = read_archive(path, keys, check)
    note = Folder(path, 0).bytes("checkpoint")
    if note is None:
        raise Wrong("there is no checkpoint")
    origin, size, root = open_checkpoint(note, keys)
    folder = Folder(path, size)
    required = [(first, size)] if archived is None else archived
    for name in folder.stray():
        check.fault(None, "%s is no file of an export of %d events" % (name, size))
    tops = {}
    for number in range((size + WIDTH - 1) // WIDTH):
        tile = check_leaves(folder, number, required, check)
        if tile is not None:
            tops[number] = tile
    check_tree(folder, tops, required, root, check)
    for file in older:
        with open(file, "rb") as opened:
            _, earlier, earlier_root = open_checkpoint(opened.read(), keys)
        if earlier > size:
            check.fault(size, "the log once had %d events" % earlier)
        elif root_at(folder, earlier) != earlier_root:
            check.fault(None, "the log does not begin with the %d events that it once had" % earlier)
    if archived is None:
        for index, what in check.gaps(first == 0):
            check.fault(index, what)
    shown = sum(len(held) for held in check.numbers.values())
    return check.faults, "%d events of %d, as %s signed them" % (shown, size, origin)


# ── Log files and digest files, as CloudTrail has them ─────────────────────────────────────────────────────────────


def unzipped(path):
    try:
        with open(path, "rb") as file:
            return gzip.decompress(file.read())
    except (OSError, EOFError, ValueError):
        return None


def files_under(path, ending):
    found = []
    for parent, _, names in os.walk(path):
        found += [os.path.relpath(os.path.join(parent, name), path).replace(os.sep, "/") for name in names if name.endswith(ending)]
    return sorted(found)


def check_digest(path, name, before, keys):
    """One digest and the log files that it names; gives it, with its own link."""
    data = unzipped(os.path.join(path, name))
    note = Folder(path, 0).bytes(name + ".note")
    if data is None or note is None:
        raise Wrong("it, or its note, cannot be read")
    digest = json.loads(data.decode())
    previous = before["signature"] if before else None
    stated = "keyhouse-audit-digest/v1\n%s\n%s\n%s\n%s\n" % (
        digest["digestEndTime"], name, hashlib.sha256(data).hexdigest(), previous or "null")
    if open_note(note, keys) != stated:
        raise Wrong("it is not what its note signs, or not what follows the digest before")
    link = before and (before["name"], before["hash"], before["signature"])
    if link and link != tuple(digest["previousDigest" + one] for one in ("S3Object", "HashValue", "Signature")):
        raise Wrong("it names another digest before it")
    if before and before["end"] != digest["digestStartTime"]:
        raise Wrong("the hours before it are missing")
    if not before and digest["previousDigestS3Object"] is not None:
        raise Wrong("the digest before it is missing")
    for log in digest["logFiles"]:
        text = unzipped(os.path.join(path, *log["s3Object"].split("/")))
        if text is None or hashlib.sha256(text).hexdigest() != log["hashValue"]:
            raise Wrong("%s is missing, or not as it was" % log["s3Object"])
    signature = note.decode().rstrip("\n").split(" ")[-1]
    return {"name": name, "hash": hashlib.sha256(data).hexdigest(), "signature": signature, "end": digest["digestEndTime"],
            "logs": [log["s3Object"] for log in digest["logFiles"]]}


def check_digests(path, keys):
    faults, chains, named = [], {}, set()
    digests = [name for name in files_under(path, ".json.gz") if "/CloudTrail-Digest/" in name]
    for name in sorted(digests, key=lambda one: (one.split("/")[1], one.split("/")[3], one)):
        chain = tuple(name.split("/")[1:4])
        try:
            chains[chain] = check_digest(path, name, chains.get(chain), keys)
            named.update(chains[chain]["logs"])
        except Wrong as wrong:
            faults.append((None, "%s: %s" % (name, wrong)))
            return faults, ""
    for name in files_under(path, ".json.gz"):
        if "/CloudTrail-Digest/" not in name and name not in named:
            faults.append((None, "%s: no digest names it" % name))
    ends = ", ".join("%s %s to %s" % (account, region, last["end"]) for (account, _, region), last in sorted(chains.items()))
    return faults, "%d digests and %d log files (%s)" % (len(digests), len(named), ends)


def check_proof(path, keys):
    with open(path, "rb") as file:
        proof = json.load(file)
    if not isinstance(proof, dict) or proof.get("format") != "keyhouse-audit-proof/v1":
        raise Wrong("this is neither an export nor a proof")
    origin, size, root = open_checkpoint(proof["checkpoint"].encode(), keys)
    event = proof["event"]
    path = [unbase64(one, "a hash") for one in proof["hashes"]]
    if root_from_path(leaf_hash(leaf_text(event)), event["index"], size, path) != root:
        return [(event["index"], "this event is not the one that the log has there")], ""
    print(event["record"])
    return [], "event %s is number %d of the %d that %s signed" % (event["id"], event["index"], size, origin)


def main():
    parser = argparse.ArgumentParser(description="Checks an audit log that Keyhouse exported.")
    parser.add_argument("path", help="an export's folder, an archived day, or a proof")
    parser.add_argument("--key", action="append", required=True, help="verifier key, or a file of them")
    parser.add_argument("--from", dest="first", type=int, default=0, help="earlier events need not be there")
    parser.add_argument("--older", action="append", default=[], help="an earlier checkpoint")
    options = parser.parse_args()
    try:
        texts = []
        for given in options.key:
            if os.path.exists(given):
                with open(given) as file:
                    texts += [line for line in file.read().split("\n") if line.strip() and not line.startswith("#")]
            else:
                texts.append(given)
        keys = [parse_key(text) for text in texts]
        if os.path.isdir(os.path.join(options.path, "AWSLogs")):
            faults, done = check_digests(options.path, keys)
        elif os.path.isdir(options.path):
            faults, done = check_folder(options.path, keys, options.first, options.older)
        else:
            faults, done = check_proof(options.path, keys)
    except Wrong as wrong:
        faults, done = [(None, str(wrong))], ""
    faults.sort(key=lambda fault: float("inf") if fault[0] is None else fault[0])
    for index, what in faults[:20]:
        print(("log" if index is None else "event %d" % index) + ": " + what)
    print("NOT VERIFIED: %d faults" % len(faults) if faults else "Verified: " + done)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
