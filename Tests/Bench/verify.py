#!/usr/bin/env python3
"""Compares a JSON report with the manifest of generated data.

Every planted violation has to be found by a rule that fits its kind, on its resource and endpoint,
exactly once, and those rules may fire nowhere else. Prints what differs and ends with status 1 if
anything does.
"""
import argparse
import collections
import json
import sys

# Which rules may find a planted violation of a kind.
RULES = {
    "alias-ip-in-gce-vm-ip": ["neg-gce-vm-ip-alias-address"],
    "vm-zone-mismatch": ["neg-endpoint-zone-mismatch"],
    "duplicate-endpoint": [
        "neg-gce-vm-ip-port-duplicate-endpoint", "neg-gce-vm-ip-duplicate-address"],
    "port-on-gce-vm-ip-endpoint": ["neg-gce-vm-ip-port-set"],
    "endpoint-ip-outside-subnet": [
        "neg-endpoint-address-not-on-vm", "neg-gce-vm-ip-not-primary"],
    "default-port-on-gce-vm-ip-neg": ["neg-gce-vm-ip-default-port"],
    "neg-on-legacy-network": ["neg-legacy-network"],
    "mixed-backend-types": ["backend-service-mixed-instance-group-and-neg"],
    "rate-mode-on-gce-vm-ip-backend": ["backend-gce-vm-ip-balancing-mode"],
}


def identity(endpoint):
    """What a locator says of an endpoint: the VM by its last part, address and port."""
    instance = endpoint.get("instance", "")
    return (instance.rsplit("/", 1)[-1], endpoint.get("ipAddress", ""),
            str(endpoint.get("port", "")))


def located(locator):
    """The identity in `networkEndpoints[instance=...,ipAddress=...,port=...]#2.port`."""
    inside = locator[locator.index("[") + 1:locator.index("]")]
    fields = dict(part.split("=", 1) for part in inside.split(","))
    return (fields.get("instance", "").rsplit("/", 1)[-1], fields.get("ipAddress", ""),
            fields.get("port", ""))


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("manifest")
    arguments.add_argument("report")
    options = arguments.parse_args()
    with open(options.manifest, encoding="utf-8") as file:
        manifest = json.load(file)
    with open(options.report, encoding="utf-8") as file:
        report = json.load(file)

    watched = {rule for rules in RULES.values() for rule in rules}
    found = collections.Counter()
    others = collections.Counter()
    for finding in report["findings"]:
        rule = finding["ruleId"]
        if rule not in watched:
            others[(rule, finding["level"])] += 1
            continue
        locator = finding.get("locator", "")
        part = located(locator) if locator.startswith("networkEndpoints[") else ""
        found[(rule, finding["resource"], part)] += 1

    faults = []
    for violation in manifest["violations"]:
        endpoint = violation.get("endpoint")
        part = identity(endpoint) if endpoint else ""
        keys = [(rule, violation["resource"], part) for rule in RULES[violation["kind"]]]
        hit = [key for key in keys if found[key] > 0]
        if not hit:
            faults.append(f"missed: {violation['kind']} on {violation['resource']} {part}")
            continue
        found[hit[0]] -= 1
    for (rule, resource, part), count in sorted(found.items()):
        if count > 0:
            faults.append(f"unplanted: {count} x {rule} on {resource} {part}")

    for (rule, level), count in sorted(others.items()):
        print(f"besides: {count} x {rule} ({level})")
    print(f"{len(manifest['violations'])} planted, {len(faults)} differences")
    for fault in faults[:50]:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
