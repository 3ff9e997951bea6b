#!/usr/bin/env python3
"""Writes Compute Engine exports of any size, with a manifest of the violations planted in them.

The same options give the same bytes. Nothing is kept but the planted violations, so memory does
not grow with the size. Needs orjson.

    generate.py --size M --format gcloud --out DIR
"""
import argparse
import hashlib
import os
import random
from xml.sax.saxutils import escape

import orjson

API = "https://www.googleapis.com/compute/v1"
REGIONS = ["us-central1", "europe-west1", "asia-east1", "us-east1"]
ZONES_PER_REGION = 3
SIZES = {  # projects, zones a project, VMs, NEGs, endpoints a NEG
    "S": (1, 3, 200, 20, 50),
    "M": (4, 6, 20_000, 400, 250),
    "L": (40, 6, 200_000, 4_000, 250),
}
GCLOUD_FILES = {
    "networks": "networks", "subnetworks": "subnetworks", "instances": "instances",
    "instanceGroups": "instance-groups", "networkEndpointGroups": "network-endpoint-groups",
    "backendServices": "backend-services", "healthChecks": "health-checks",
    "urlMaps": "url-maps", "targetHttpProxies": "target-http-proxies",
    "forwardingRules": "forwarding-rules",
}
KINDS = [
    "alias-ip-in-gce-vm-ip", "vm-zone-mismatch", "mixed-backend-types",
    "default-port-on-gce-vm-ip-neg", "neg-on-legacy-network", "duplicate-endpoint",
    "port-on-gce-vm-ip-endpoint", "rate-mode-on-gce-vm-ip-backend", "endpoint-ip-outside-subnet",
]


def address(first, second, number):
    """`first.second.x.y`, number counting from 0; it may carry into the second octet."""
    number += second << 16
    return f"{first}.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def singular(collection):
    return {"targetHttpProxies": "targetHttpProxy"}.get(collection, collection[:-1])


class Writer:
    """Writes lists in one layout. `files` and `bytes` count what was written."""

    def __init__(self, root, layout):
        self.root, self.layout = root, layout
        self.files = self.bytes = 0
        self.lists = {}

    def write(self, path, data):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(data)
        self.files += 1
        self.bytes += len(data)

    def add(self, project, scope, collection, resource):
        key = (project, "" if self.layout == "gcloud" else scope, collection)
        self.lists.setdefault(key, []).append(resource)

    def end_project(self):
        """Writes the lists of a project and forgets them."""
        for (project, scope, collection), resources in self.lists.items():
            if self.layout == "gcloud":
                self.write(f"{project}/{GCLOUD_FILES[collection]}.json", dump(resources, True))
                continue
            kind = singular(collection) + "List"
            document = {
                "kind": f"compute#{kind}", "id": f"projects/{project}/{scope}/{collection}",
                "items": resources, "selfLink": f"{API}/projects/{project}/{scope}/{collection}",
            }
            self.document(f"{project}/{scope}/{collection}", kind, document)
        self.lists.clear()

    def endpoints(self, project, zone, neg, endpoints):
        items = [{"networkEndpoint": endpoint} for endpoint in endpoints]
        if self.layout == "gcloud":
            path = f"{project}/endpoints/zones/{zone}/networkEndpointGroups/{neg}.json"
            self.write(path, dump(items, True))
            return
        name = "networkEndpointGroupsListNetworkEndpoints"
        path = f"{project}/zones/{zone}/networkEndpointGroups/{neg}/listNetworkEndpoints"
        document = {"kind": f"compute#{name}", "id": f"projects/{path}"}
        if items:
            document["items"] = items
        self.document(path, name, document)

    def document(self, path, root, document):
        if self.layout == "xml":
            text = '<?xml version="1.0" encoding="UTF-8"?>\n' + element(root, document, "")
            self.write(path + ".xml", text.encode())
        else:
            self.write(path + ".json", dump(document, False))


def dump(value, sort):
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(value, option=options | (orjson.OPT_SORT_KEYS if sort else 0))


def element(name, value, indent):
    if isinstance(value, dict):
        inside = "".join([element(key, item, indent + "  ") for key, item in value.items()])
    elif isinstance(value, list):
        inside = "".join([element("item", item, indent + "  ") for item in value])
    else:
        text = value if isinstance(value, str) else orjson.dumps(value).decode()
        return f"{indent}<{name}>{escape(text)}</{name}>\n"
    return f"{indent}<{name}>\n{inside}{indent}</{name}>\n" if inside else f"{indent}<{name}/>\n"


class Zone:
    """A zone of a project with its VMs and NEGs, all computed from their numbers."""

    def __init__(self, project, index, instances, negs):
        self.project, self.instances, self.negs = project, instances, negs
        self.region_index, self.letter = divmod(index, ZONES_PER_REGION)
        self.region = REGIONS[self.region_index]
        self.name = f"{self.region}-{'abc'[self.letter]}"
        self.link = f"{API}/projects/{project}/zones/{self.name}"
        self.path = f"projects/{project}/zones/{self.name}"

    def vm(self, number):
        """Seven VMs in ten are nodes of a cluster, with a range of alias addresses."""
        tag = hashlib.blake2b(f"{self.path}/{number}".encode(), digest_size=4).hexdigest()
        return f"gke-core-pool-{number % 4}-{tag}" if self.is_node(number) else f"vm-{tag}"

    @staticmethod
    def is_node(number):
        return number % 10 < 7

    def primary(self, number, network=0):
        place = 4 + number * ZONES_PER_REGION + self.letter
        return address(10, network + self.region_index, place)

    def pods(self, number, index):
        """An address in the /28 of a node; index -1 gives the range."""
        first = (number * ZONES_PER_REGION + self.letter) * 16
        place = address(100, 64 + 8 * self.region_index, first + max(index, 0))
        return f"{place}/28" if index < 0 else place


class Generator:
    def __init__(self, options, writer):
        self.projects, self.zones = options.projects, options.zones
        self.options, self.writer = options, writer
        self.random = random.Random(options.seed)
        self.serial = 10**18 + options.seed
        self.violations = []
        self.planted = dict.fromkeys(KINDS, 0)
        self.counts = {}

    def plant(self, kind, resource, **details):
        self.planted[kind] += 1
        self.violations.append({"kind": kind, "resource": resource, **details})

    def unlucky(self, kind):
        ratio = self.options.bad_ratio
        return ratio > 0 and (self.planted[kind] == 0 or self.random.random() < ratio)

    def add(self, project, scope, collection, name, fields, region=None):
        self.serial += 104_729
        self.counts[collection] = self.counts.get(collection, 0) + 1
        base = {
            "kind": f"compute#{singular(collection)}", "id": str(self.serial),
            "creationTimestamp": f"2025-0{1 + self.serial % 9}-12T01:48:36.816-07:00",
            "name": name, "selfLink": f"{API}/projects/{project}/{scope}/{collection}/{name}",
            "fingerprint": f"{self.serial % 0xFFFFFFFF:08x}Xk0=",
        }
        if region:
            base["region"] = f"{API}/projects/{project}/regions/{region}"
        self.writer.add(project, scope, collection, {**base, **fields})

    def run(self):
        share = lambda total, index, parts: total // parts + (index < total % parts)
        parts = self.projects * self.zones
        for project_index in range(self.projects):
            project = f"prod-{chr(97 + project_index % 26)}{project_index:03d}-net"
            zones = []
            for index in range(self.zones):
                place = project_index * self.zones + index
                zones.append(Zone(
                    project, index, share(self.options.instances, place, parts),
                    share(self.options.negs, place, parts)))
            self.project(project, zones)
            self.writer.end_project()

    def project(self, project, zones):
        self.networks(project, zones)
        groups = {}
        for zone in zones:
            for number in range(zone.instances):
                self.instance(zone, number)
            self.add(project, f"zones/{zone.name}", "instanceGroups", f"web-ig-{zone.name}", {
                "zone": zone.link, "size": 2, "namedPorts": [{"name": "http", "port": 80}],
                **self.place(zone)})
            for number in range(zone.negs):
                link = self.neg(zone, number, [z for z in zones if z is not zone
                                               and z.region == zone.region])
                groups.setdefault((zone.region, number), []).append(link)
            if zone.letter == 0 and self.unlucky("neg-on-legacy-network"):
                self.legacy_neg(zone)
        for (region, number), links in groups.items():
            self.service(project, region, number, links)
        for region in dict.fromkeys(zone.region for zone in zones):
            links = [f"{zone.link}/instanceGroups/web-ig-{zone.name}"
                     for zone in zones if zone.region == region]
            self.service(project, region, None, links)

    @staticmethod
    def place(zone, network="core"):
        base = f"{API}/projects/{zone.project}"
        return {"network": f"{base}/global/networks/{network}",
                "subnetwork": f"{base}/regions/{zone.region}/subnetworks/{network}-{zone.region}"}

    def networks(self, project, zones):
        base = f"{API}/projects/{project}"
        regions = list(dict.fromkeys((zone.region, zone.region_index) for zone in zones))
        for network, first in (("core", 0), ("mgmt", 64)):
            self.add(project, "global", "networks", network, {
                "autoCreateSubnetworks": False, "mtu": 1460,
                "subnetworks": [f"{base}/regions/{region}/subnetworks/{network}-{region}"
                                for region, _ in regions],
                "routingConfig": {"routingMode": "REGIONAL"}})
            for region, index in regions:
                fields = {
                    "network": f"{base}/global/networks/{network}", "purpose": "PRIVATE",
                    "ipCidrRange": f"10.{first + index}.0.0/16", "stackType": "IPV4_ONLY",
                    "gatewayAddress": f"10.{first + index}.0.1", "privateIpGoogleAccess": True}
                if network == "core":
                    fields["secondaryIpRanges"] = [
                        {"rangeName": "pods", "ipCidrRange": address(100, 64 + 8 * index, 0) + "/13"},
                        {"rangeName": "services", "ipCidrRange": f"10.{128 + index}.0.0/20"}]
                self.add(project, f"regions/{region}", "subnetworks", f"{network}-{region}",
                         fields, region)
        self.add(project, "global", "networks", "legacy-flat", {
            "IPv4Range": "10.240.0.0/16", "gatewayIPv4": "10.240.0.1"})

    def instance(self, zone, number):
        name, is_node = zone.vm(number), zone.is_node(number)
        interface = {
            "kind": "compute#networkInterface", "name": "nic0", "stackType": "IPV4_ONLY",
            "networkIP": zone.primary(number), "fingerprint": f"{number:08x}Ab0=",
            **self.place(zone)}
        if is_node:
            interface["aliasIpRanges"] = [
                {"ipCidrRange": zone.pods(number, -1), "subnetworkRangeName": "pods"}]
        else:
            interface["accessConfigs"] = [{
                "kind": "compute#accessConfig", "type": "ONE_TO_ONE_NAT", "name": "external-nat",
                "natIP": address(34, 16 * zone.letter, number), "networkTier": "PREMIUM"}]
        interfaces = [interface]
        if number % 20 == 3:
            interfaces.append({
                "kind": "compute#networkInterface", "name": "nic1", "stackType": "IPV4_ONLY",
                "networkIP": zone.primary(number, 64), "fingerprint": f"{number:08x}Cd0=",
                **self.place(zone, "mgmt")})
        metadata = [{"key": "enable-oslogin", "value": "TRUE"}]
        if is_node:
            metadata += [
                {"key": "cluster-name", "value": f"core-{zone.letter}"},
                {"key": "kube-labels", "value": f"gke-nodepool=pool-{number % 4},tier=web"},
                {"key": "startup-script",
                 "value": "#!/bin/sh\nset -e\necho \"pr\u00eat: \u2713\" > /run/ready\n"}]
        self.add(zone.project, f"zones/{zone.name}", "instances", name, {
            "zone": zone.link, "machineType": f"{zone.link}/machineTypes/e2-standard-8",
            "status": "TERMINATED" if number % 97 == 96 else "RUNNING",
            "tags": {"items": ["gke-core-node" if is_node else "web", "allow-hc"],
                     "fingerprint": "Tg0="},
            "canIpForward": is_node, "networkInterfaces": interfaces,
            "disks": [{
                "kind": "compute#attachedDisk", "type": "PERSISTENT", "mode": "READ_WRITE",
                "source": f"{zone.link}/disks/{name}", "deviceName": "persistent-disk-0",
                "index": 0, "boot": True, "autoDelete": True, "interface": "SCSI",
                "licenses": [f"{API}/projects/cos-cloud/global/licenses/cos"],
                "guestOsFeatures": [{"type": "UEFI_COMPATIBLE"}, {"type": "GVNIC"},
                                    {"type": "VIRTIO_SCSI_MULTIQUEUE"}],
                "diskSizeGb": "100", "architecture": "X86_64"}],
            "metadata": {"kind": "compute#metadata", "fingerprint": "Md0=", "items": metadata},
            "serviceAccounts": [{
                "email": f"node-sa@{zone.project}.iam.gserviceaccount.com",
                "scopes": ["https://www.googleapis.com/auth/cloud-platform"]}],
            "scheduling": {"onHostMaintenance": "MIGRATE", "automaticRestart": True,
                           "preemptible": False, "provisioningModel": "STANDARD"},
            "cpuPlatform": "Intel Broadwell",
            "labels": {"env": "prod", "team": f"edge-{number % 12}"}, "labelFingerprint": "Lb0=",
            "startRestricted": False, "deletionProtection": False,
            "shieldedInstanceConfig": {"enableSecureBoot": True, "enableVtpm": True,
                                       "enableIntegrityMonitoring": True},
            "shieldedInstanceIntegrityPolicy": {"updateAutoLearnPolicy": True},
            "lastStartTimestamp": "2026-05-11T06:20:58.538-07:00"})

    @staticmethod
    def neg_type(number):
        """Every fifth NEG is for a passthrough load balancer."""
        return "GCE_VM_IP" if number % 5 == 4 else "GCE_VM_IP_PORT"

    def neg(self, zone, number, siblings):
        kind = self.neg_type(number)
        name = f"k8s1-neg-{number:05d}-{zone.name}"
        path = f"{zone.path}/networkEndpointGroups/{name}"
        endpoints = self.endpoints(zone, number, path, [z for z in siblings if z.instances > 0])
        fields = {"zone": zone.link, "networkEndpointType": kind, "size": len(endpoints),
                  "annotations": {"cluster": f"core-{zone.letter}"}, **self.place(zone)}
        if kind == "GCE_VM_IP_PORT":
            fields["defaultPort"] = 8080
        elif self.unlucky("default-port-on-gce-vm-ip-neg"):
            fields["defaultPort"] = 80
            self.plant("default-port-on-gce-vm-ip-neg", path)
        self.finish_neg(zone, name, fields, endpoints)
        return f"{zone.link}/networkEndpointGroups/{name}"

    def legacy_neg(self, zone):
        name = f"neg-on-legacy-{zone.name}"
        self.plant("neg-on-legacy-network", f"{zone.path}/networkEndpointGroups/{name}")
        network = f"{API}/projects/{zone.project}/global/networks/legacy-flat"
        self.finish_neg(zone, name, {
            "zone": zone.link, "networkEndpointType": "GCE_VM_IP_PORT", "network": network,
            "defaultPort": 8080, "size": 0}, [])

    def finish_neg(self, zone, name, fields, endpoints):
        self.add(zone.project, f"zones/{zone.name}", "networkEndpointGroups", name, fields)
        self.counts["networkEndpoints"] = self.counts.get("networkEndpoints", 0) + len(endpoints)
        self.writer.endpoints(zone.project, zone.name, name, endpoints)

    def endpoints(self, zone, number, path, siblings):
        """The endpoints of a NEG: VMs for GCE_VM_IP, else pods of nodes, a port each."""
        is_vm = self.neg_type(number) == "GCE_VM_IP"
        pool = [n for n in range(zone.instances) if is_vm or zone.is_node(n)]
        count = min(self.options.endpoints_per_neg, len(pool) if is_vm else 10**9)
        if not pool:
            return []
        start = self.random.randrange(len(pool))
        endpoints, follows_good = [], False
        for index in range(count):
            vm, turn = pool[(start + index) % len(pool)], index // len(pool)
            pod = 1 + (number + turn) % 14
            endpoint = {
                "instance": f"{zone.link}/instances/{zone.vm(vm)}" if number % 4 == 1
                else zone.vm(vm),
                "ipAddress": zone.primary(vm) if is_vm else zone.pods(vm, pod)}
            if not is_vm:
                endpoint["port"] = (8080, 8443, 9090, 9376)[number % 4] + turn // 14
            bad = self.fault(zone, vm, is_vm, siblings, follows_good)
            if bad == "endpoint-ip-outside-subnet":
                endpoint["ipAddress"] = address(198, 18, len(self.violations) & 0x1FFFF)
            elif bad == "duplicate-endpoint":
                endpoint = dict(endpoints[-1])
            elif bad == "vm-zone-mismatch":
                other = next(z for z in siblings if vm < z.instances)
                endpoint["instance"] = f"{other.link}/instances/{other.vm(vm)}"
                endpoint["ipAddress"] = other.primary(vm) if is_vm else other.pods(vm, pod)
            elif bad == "port-on-gce-vm-ip-endpoint":
                endpoint["port"] = 8080
            elif bad == "alias-ip-in-gce-vm-ip":
                endpoint["ipAddress"] = zone.pods(vm, pod)
            if bad:
                self.plant(bad, path, index=index, endpoint=endpoint)
            follows_good = bad is None
            endpoints.append(endpoint)
        return endpoints

    def fault(self, zone, vm, is_vm, siblings, follows_good):
        """The kind of violation to plant in an endpoint; None for most."""
        ratio = self.options.bad_ratio
        if ratio <= 0:
            return None
        possible = ["endpoint-ip-outside-subnet"]
        if follows_good:
            possible.append("duplicate-endpoint")
        if any(vm < sibling.instances for sibling in siblings):
            possible.append("vm-zone-mismatch")
        if is_vm:
            possible.append("port-on-gce-vm-ip-endpoint")
            if zone.is_node(vm):
                possible.append("alias-ip-in-gce-vm-ip")
        for kind in possible:
            if self.planted[kind] == 0:
                return kind
        return self.random.choice(possible) if self.random.random() < ratio else None

    def service(self, project, region, number, links):
        """A backend service with its chain; number None gives the one of the instance groups."""
        is_l4 = number is not None and self.neg_type(number) == "GCE_VM_IP"
        scope = f"regions/{region}" if is_l4 else "global"
        place = region if is_l4 else None
        tail = f"{region}-ig" if number is None else f"{region}-{number:05d}"
        base = f"{API}/projects/{project}"
        path = f"projects/{project}/{scope}/backendServices/bs-{tail}"
        if is_l4:
            capacity = {"balancingMode": "CONNECTION"}
            check = {"port": 10256, "requestPath": "/healthz", "proxyHeader": "NONE"}
        else:
            capacity = {"balancingMode": "RATE", "maxRatePerEndpoint": 100, "capacityScaler": 1}
            check = {"portSpecification": "USE_SERVING_PORT", "requestPath": "/",
                     "proxyHeader": "NONE"}
        if number is None:
            capacity = {"balancingMode": "UTILIZATION", "maxUtilization": 0.8, "capacityScaler": 1}
        backends = [{"group": link, **capacity} for link in links]
        if is_l4 and self.unlucky("rate-mode-on-gce-vm-ip-backend"):
            backends[0].update(balancingMode="RATE", maxRatePerEndpoint=100)
            self.plant("rate-mode-on-gce-vm-ip-backend", path, backend=links[0])
        elif not is_l4 and number is not None and self.unlucky("mixed-backend-types"):
            group = f"{base}/zones/{region}-a/instanceGroups/web-ig-{region}-a"
            backends.append({"group": group, "balancingMode": "RATE", "maxRatePerInstance": 100,
                             "capacityScaler": 1})
            self.plant("mixed-backend-types", path)
        self.add(project, scope, "healthChecks", f"hc-{tail}", {
            "type": "HTTP", "httpHealthCheck": check, "checkIntervalSec": 8, "timeoutSec": 5,
            "unhealthyThreshold": 2, "healthyThreshold": 1}, place)
        service = {
            "backends": backends, "healthChecks": [f"{base}/{scope}/healthChecks/hc-{tail}"],
            "timeoutSec": 30, "port": 80, "protocol": "TCP" if is_l4 else "HTTP",
            "loadBalancingScheme": "INTERNAL" if is_l4 else "EXTERNAL_MANAGED",
            "sessionAffinity": "NONE", "connectionDraining": {"drainingTimeoutSec": 30}}
        rule = {"IPProtocol": "TCP", "networkTier": "PREMIUM",
                "loadBalancingScheme": service["loadBalancingScheme"],
                "IPAddress": address(10 if is_l4 else 35, 250, number or 0)}
        if is_l4:
            service["network"] = rule["network"] = f"{base}/global/networks/core"
            rule.update(subnetwork=f"{base}/regions/{region}/subnetworks/core-{region}",
                        ports=["80"], backendService=f"{base}/{scope}/backendServices/bs-{tail}")
        else:
            service["portName"] = "http"
            rule.update(portRange="80-80", target=f"{base}/global/targetHttpProxies/tp-{tail}")
            self.add(project, scope, "urlMaps", f"um-{tail}", {
                "defaultService": f"{base}/global/backendServices/bs-{tail}"})
            self.add(project, scope, "targetHttpProxies", f"tp-{tail}", {
                "urlMap": f"{base}/global/urlMaps/um-{tail}"})
        self.add(project, scope, "backendServices", f"bs-{tail}", service, place)
        self.add(project, scope, "forwardingRules", f"fr-{tail}", rule, place)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, help="sets the five numbers below")
    parser.add_argument("--projects", type=int, default=1)
    parser.add_argument("--zones", type=int, default=3, help="of each project, at most 12")
    parser.add_argument("--instances", type=int, default=200, help="in all")
    parser.add_argument("--negs", type=int, default=20, help="in all")
    parser.add_argument("--endpoints-per-neg", type=int, default=50)
    parser.add_argument("--bad-ratio", type=float, default=0.01,
                        help="the share of endpoints, NEGs and services with a violation")
    parser.add_argument("--format", choices=["gcloud", "rest", "xml"], default="gcloud")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", required=True, help="a new folder")
    options = parser.parse_args()
    if options.size:
        (options.projects, options.zones, options.instances, options.negs,
         options.endpoints_per_neg) = SIZES[options.size]
    if not 1 <= options.zones <= ZONES_PER_REGION * len(REGIONS):
        parser.error("--zones must be 1 to 12")
    os.makedirs(options.out)
    writer = Writer(options.out, options.format)
    generator = Generator(options, writer)
    generator.run()
    manifest = {
        "format": options.format, "seed": options.seed, "files": writer.files,
        "bytes": writer.bytes, "resources": generator.counts, "planted": generator.planted,
        "violations": generator.violations}
    with open(os.path.join(options.out, "manifest.json"), "wb") as file:
        file.write(dump(manifest, False))
    print(f"{writer.files} files, {writer.bytes} bytes, {len(generator.violations)} planted")


if __name__ == "__main__":
    main()
