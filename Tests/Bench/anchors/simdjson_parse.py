"""Parses every JSON file below a folder with pysimdjson, converting nothing."""
import os
import sys

import simdjson

parser = simdjson.Parser()
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".json"):
            document = parser.parse(open(os.path.join(folder, name), "rb").read())
            del document
