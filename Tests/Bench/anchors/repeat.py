"""Writes one large file of VMs: those of some arrays again and again, under new names.

    repeat.py array|rest|ndjson BYTES FILE SOURCE...
"""
import sys

import orjson


def main():
    layout, wanted, target, sources = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:]
    opening = {"array": b"[\n", "ndjson": b"",
               "rest": b'{\n"kind": "compute#instanceList",\n"items": [\n'}[layout]
    closing = {"array": b"\n]\n", "ndjson": b"\n", "rest": b"\n]\n}\n"}[layout]
    separator = b"\n" if layout == "ndjson" else b",\n"
    options = 0 if layout == "ndjson" else orjson.OPT_INDENT_2
    with open(target, "wb", buffering=1 << 22) as file:
        file.write(opening)
        written, turn, start = 0, 0, b""
        while written < wanted:
            for source in sources:
                with open(source, "rb") as records:
                    batch = orjson.loads(records.read())
                for record in batch:
                    record["name"] += f"-{turn}"
                    record["selfLink"] += f"-{turn}"
                    text = start + orjson.dumps(record, option=options)
                    start = separator
                    file.write(text)
                    written += len(text)
                if written >= wanted:
                    break
            turn += 1
        file.write(closing)


if __name__ == "__main__":
    main()
