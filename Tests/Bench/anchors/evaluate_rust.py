"""Evaluates each expression of a file many times with the Rust package; prints nanoseconds."""
import ipaddress
import json
import sys
import time

import cel

ROUNDS = 20_000

with open(sys.argv[1], encoding="utf-8") as file:
    content = json.load(file)
context = cel.Context()
for name, value in content["data"].items():
    context.add_variable(name, value)
context.add_function("cidr", lambda text: text)
context.add_function("containsIP", lambda text, address: (
    ipaddress.ip_address(address) in ipaddress.ip_network(text)))
spent = {}
for name, text in content["expressions"].items():
    program = cel.compile(text)
    assert program.execute(context) is True
    start = time.perf_counter()
    for _ in range(ROUNDS):
        program.execute(context)
    spent[name] = (time.perf_counter() - start) / ROUNDS * 1e9
print(json.dumps(spent))
