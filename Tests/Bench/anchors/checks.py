"""The nine planted checks as a plain script: orjson, dictionaries, one look at each resource.

What a competent user would write for gcloud's output instead of using a linter.
"""
import collections
import ipaddress
import os
import sys

import orjson


def load(*parts):
    path = os.path.join(*parts)
    if not os.path.exists(path):
        return []
    with open(path, "rb") as file:
        return orjson.loads(file.read())


def last(url):
    return url.rsplit("/", 1)[-1]


def check_endpoints(root, project, negs, vms, report):
    for neg in negs:
        zone, name, kind = last(neg["zone"]), neg["name"], neg["networkEndpointType"]
        path = f"projects/{project}/zones/{zone}/networkEndpointGroups/{name}"
        seen = set()
        items = load(root, project, "endpoints", "zones", zone, "networkEndpointGroups",
                     name + ".json")
        for item in items:
            endpoint = item["networkEndpoint"]
            address, port = endpoint.get("ipAddress", ""), endpoint.get("port", 0)
            instance = endpoint["instance"]
            if "/" in instance and instance.split("/")[-3] != zone:
                report("vm-zone-mismatch", path)
                continue
            if (address, port) in seen:
                report("duplicate-endpoint", path)
            seen.add((address, port))
            if kind == "GCE_VM_IP" and port:
                report("port-on-gce-vm-ip-endpoint", path)
            vm = vms.get((zone, last(instance)))
            if vm is None:
                continue
            primaries, ranges = vm
            if address in primaries:
                continue
            number = int(ipaddress.ip_address(address))
            if any(first <= number <= end for first, end in ranges):
                if kind == "GCE_VM_IP":
                    report("alias-ip-in-gce-vm-ip", path)
            else:
                report("endpoint-ip-outside-subnet", path)


def main():
    root, counts = sys.argv[1], collections.Counter()

    def report(kind, path):
        counts[kind] += 1

    for project in sorted(os.listdir(root)):
        if not os.path.isdir(os.path.join(root, project)):
            continue
        legacy = {network["selfLink"] for network in load(root, project, "networks.json")
                  if network.get("IPv4Range")}
        vms = {}
        for vm in load(root, project, "instances.json"):
            ranges = []
            for interface in vm["networkInterfaces"]:
                for alias in interface.get("aliasIpRanges", []):
                    network = ipaddress.ip_network(alias["ipCidrRange"], strict=False)
                    ranges.append((int(network[0]), int(network[-1])))
            primaries = {interface.get("networkIP") for interface in vm["networkInterfaces"]}
            vms[(last(vm["zone"]), vm["name"])] = (primaries, ranges)
        negs = load(root, project, "network-endpoint-groups.json")
        types = {neg["selfLink"]: neg["networkEndpointType"] for neg in negs}
        for neg in negs:
            if neg["networkEndpointType"] == "GCE_VM_IP" and neg.get("defaultPort"):
                report("default-port-on-gce-vm-ip-neg", neg["selfLink"])
            if neg["network"] in legacy:
                report("neg-on-legacy-network", neg["selfLink"])
        check_endpoints(root, project, negs, vms, report)
        for service in load(root, project, "backend-services.json"):
            groups = [backend["group"] for backend in service.get("backends", [])]
            if any("/instanceGroups/" in g for g in groups) and any(
                    "/networkEndpointGroups/" in g for g in groups):
                report("mixed-backend-types", service["selfLink"])
            for backend in service.get("backends", []):
                if types.get(backend["group"]) == "GCE_VM_IP" and (
                        backend.get("balancingMode") != "CONNECTION"):
                    report("rate-mode-on-gce-vm-ip-backend", service["selfLink"])
    print(orjson.dumps(counts, option=orjson.OPT_SORT_KEYS).decode())


if __name__ == "__main__":
    main()
