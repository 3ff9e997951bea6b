"""Evaluates each expression of a file many times with cel-python; prints nanoseconds."""
import ipaddress
import json
import sys
import time

import celpy

ROUNDS = 1_000

with open(sys.argv[1], encoding="utf-8") as file:
    content = json.load(file)
functions = {
    "cidr": lambda text: text,
    "containsIP": lambda text, address: celpy.celtypes.BoolType(
        ipaddress.ip_address(address) in ipaddress.ip_network(text))}
activation = {name: celpy.json_to_cel(value) for name, value in content["data"].items()}
environment = celpy.Environment()
spent = {}
for name, text in content["expressions"].items():
    program = environment.program(environment.compile(text), functions=functions)
    assert program.evaluate(activation)
    start = time.perf_counter()
    for _ in range(ROUNDS):
        program.evaluate(activation)
    spent[name] = (time.perf_counter() - start) / ROUNDS * 1e9
print(json.dumps(spent))
