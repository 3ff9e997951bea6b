"""Parses every JSON file below a folder with orjson and drops the values."""
import os
import sys

import orjson

for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".json"):
            with open(os.path.join(folder, name), "rb") as file:
                orjson.loads(file.read())
