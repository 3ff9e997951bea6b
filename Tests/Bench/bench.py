#!/usr/bin/env python3
"""Measures neglint beside anchors: both sides in turn, in one run, as ratios.

Machines and moments differ, so seconds alone say little: each figure is the median of paired
ratios, with its minimum and maximum. Makes the data that it needs, installs the anchors, compares
the findings with the manifest, and prints one table (and, with --json FILE, the same as JSON).
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ANCHORS = os.path.join(HERE, "anchors")
ROOT = os.path.dirname(os.path.dirname(HERE))

# What each figure is, the bar it must meet, and the goal.
FIGURES = {
    "P1": ("full lint of L, default threads / orjson.loads", 0.25, 0.13),
    "P1-partial": ("P1 without instances", 0.25, 0.13),
    "P2": ("full lint of L, --jobs 1 / orjson.loads", 0.35, 0.20),
    "P2-partial": ("P2 without instances", 0.35, 0.20),
    "P3": ("full lint of L, default threads / simdjson DOM parse", 1.5, 1.0),
    "P4": ("Python with nine checks / full lint of L", 12, 25),
    "P5": ("peak memory / input, L", 0.25, 0.10),
    "P5-partial": ("P5 without instances", 0.25, 0.10),
    "P6-array": ("peak memory / input, one array of over 2 GB", 0.5, 0.15),
    "P6-ndjson": ("peak memory / input, over 2 GB of lines", 0.5, 0.15),
    "P7": ("time of L / time of M", 10.5, 10.2),
    "P8": ("one thread / two threads, L", 1.6, 1.75),
    "P9": ("cold start on a tiny file / python3 -c pass", 0.6, 0.3),
    "P10": ("60 rule files of a user on a tiny file, ms", 40, 20),
    "P11": ("CPU of linting / CPU of the rest, L", 0.5, 0.3),
    "P12": ("CPU of lint on XML of M / empty SAX2 pass", 1.5, 1.2),
    "P13": ("JSON reader / yyjson in place, M", 1.3, 1.0),
    "E1": ("cel-python / a typical condition compiled", 100, 1000),
    "E2": ("Rust package common-expression-language / the same", 5, 10),
}
AT_LEAST = {"P4", "P8", "E1", "E2"}

TINY = """[{"name": "neg", "zone": "https://www.googleapis.com/compute/v1/projects/p/zones/\
us-central1-a", "selfLink": "https://www.googleapis.com/compute/v1/projects/p/zones/us-central1-a/\
networkEndpointGroups/neg", "kind": "compute#networkEndpointGroup", "networkEndpointType": \
"GCE_VM_IP", "defaultPort": 80}]
"""
USER_RULE = """id: user-rule-{0:02d}
title: A rule of the user's, number {0}
level: warning
resource: NetworkEndpointGroup
tags: [user]
when: self.networkEndpointType == 'GCE_VM_IP_PORT' && has(self.defaultPort)
require: |
  self.defaultPort in [80, 443, 8080] || self.name.startsWith('k8s1-') ||
  size(self.networkEndpoints) < {0}
message: "default port {{self.defaultPort}} of {{self.name}} is none of ours"
references:
  - {{url: "https://example.com/handbook/ports", asOf: 2026-04}}
description: |
  Our load balancers listen on a few ports only; everything else needs a ticket.
examples:
  violating:
    - name: an odd port
      snapshot:
        project: p
        networkEndpointGroups:
          - {{name: n, zone: us-central1-a, networkEndpointType: GCE_VM_IP_PORT, defaultPort: 81,
             networkEndpoints: []}}
  passing:
    - name: a usual port
      snapshot:
        project: p
        networkEndpointGroups:
          - {{name: n, zone: us-central1-a, networkEndpointType: GCE_VM_IP_PORT, defaultPort: 80,
             networkEndpoints: []}}
"""


class Run:
    """One run of a command: wall and CPU seconds, peak bytes of memory, status, output."""

    def __init__(self, command, accepted=(0,), **options):
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE if options.pop("captures", False)
            else subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
        out, err = process.stdout.read() if process.stdout else b"", process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss * 1024
        self.out, self.err = out.decode(), err.decode()
        if process.returncode not in accepted:
            sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{self.err[-2000:]}")


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = os.path.abspath(options.work)
        os.makedirs(self.folder, exist_ok=True)
        self.results = {}
        self.notes = []
        self.neglint = os.path.join(options.binaries, "neglint")
        self.evaluate_bench = os.path.join(options.binaries, "evaluate-bench")
        self.read_bench = os.path.join(options.binaries, "read-bench")
        self.python = os.path.join(self.folder, "venv", "bin", "python")

    def path(self, *parts):
        return os.path.join(self.folder, *parts)

    # Anchors and data

    def prepare_anchors(self):
        if not os.path.exists(self.python):
            subprocess.run([sys.executable, "-m", "venv", self.path("venv")], check=True)
        pip = [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        packages = ["orjson", "pysimdjson", "setuptools", "cel-python",
                    "common-expression-language"]
        subprocess.run(pip + packages, check=True)
        self.build_yyjson()
        flags = ["-O3", "-march=native"]
        xml = subprocess.run(["pkg-config", "--cflags", "--libs", "libxml-2.0"],
                             capture_output=True, text=True, check=True).stdout.split()
        self.compile("cc", flags, "sax2.c", [], xml)
        self.has_simdjson = os.path.exists("/usr/include/simdjson.h")
        if self.has_simdjson:
            self.compile("c++", flags + ["-D_XOPEN_SOURCE=700"], "simdjson_dom.cpp", [],
                         ["-lsimdjson"])
        else:
            self.notes.append("P3 against pysimdjson: no libsimdjson-dev on this machine")

    def build_yyjson(self):
        source = self.path("yyjson")
        if not os.path.isdir(source):
            subprocess.run([self.python, "-m", "pip", "download", "--quiet", "--no-deps",
                            "--no-binary", "yyjson", "-d", self.folder, "yyjson"], check=True)
            archive = next(name for name in os.listdir(self.folder)
                           if name.startswith("yyjson-") and name.endswith(".tar.gz"))
            with tarfile.open(self.path(archive)) as tar:
                for member in tar.getmembers():
                    if member.name.endswith(("/yyjson.c", "/yyjson.h")):
                        member.name = os.path.basename(member.name)
                        tar.extract(member, source, filter="data")
        self.compile("cc", ["-O3", "-march=native", "-I" + source], "yyjson_insitu.c",
                     [os.path.join(source, "yyjson.c")], [])

    def compile(self, compiler, flags, name, more, libraries):
        target = self.path(os.path.splitext(name)[0])
        subprocess.run([compiler, *flags, "-o", target, os.path.join(ANCHORS, name), *more,
                        *libraries], check=True)

    def data(self, size, layout="gcloud"):
        """The folder with generated data, made when it is not there."""
        folder = self.path(f"{size}-{layout}")
        if not os.path.exists(os.path.join(folder, "manifest.json")):
            shutil.rmtree(folder, ignore_errors=True)
            subprocess.run([self.python, os.path.join(HERE, "generate.py"), "--size", size,
                            "--format", layout, "--out", folder], check=True)
        return folder

    def without_instances(self, folder):
        partial = folder + "-partial"
        if not os.path.exists(partial):
            shutil.copytree(folder, partial, copy_function=os.link,
                            ignore=lambda _, names: [n for n in names if n == "instances.json"])
        return partial

    def large_file(self, folder, layout):
        """One file of over 2 GB: the VMs of a size again and again under new names."""
        path = self.path(f"large.{layout}")
        wanted = self.options.large_bytes
        if os.path.exists(path) and os.path.getsize(path) >= wanted:
            return path
        sources = sorted(os.path.join(folder, name, "instances.json")
                         for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))
        script = os.path.join(ANCHORS, "repeat.py")
        subprocess.run([self.python, script, layout, str(wanted), path, *sources], check=True)
        return path

    # Measuring

    def lint(self, path, *more, **options):
        """A full lint with all built-in rules; text to standard output, JSON to a file."""
        return Run([self.neglint, "lint", "--fail-on", "never", "--output",
                    "json=" + self.path("report.json"), *more, path], **options)

    def paired(self, figure, first, second, measure=lambda run: run.wall, count=None):
        """The ratios of two commands that run in turn, after one run of each to warm up."""
        first(), second()
        ratios = []
        for _ in range(count or self.options.count):
            ratios.append(measure(first()) / measure(second()))
        self.note(figure, ratios)

    def single(self, figure, value, count=None):
        value()
        self.note(figure, [value() for _ in range(count or self.options.count)])

    def note(self, figure, values):
        title, bar, goal = FIGURES[figure]
        median = statistics.median(values)
        meets = median >= bar if figure in AT_LEAST else median <= bar
        reaches = median >= goal if figure in AT_LEAST else median <= goal
        self.results[figure] = {
            "title": title, "minimum": min(values), "median": median, "maximum": max(values),
            "n": len(values), "bar": bar, "goal": goal,
            "result": "goal" if reaches else "bar" if meets else "MISSED"}
        print(f"{figure:11} {median:8.3f}  [{min(values):.3f}-{max(values):.3f}]  {title}",
              file=sys.stderr)

    def verify(self, size, layout):
        folder = self.data(size, layout)
        self.lint(folder)
        check = subprocess.run(
            [sys.executable, os.path.join(HERE, "verify.py"),
             os.path.join(folder, "manifest.json"), self.path("report.json")],
            capture_output=True, text=True)
        last = [line for line in check.stdout.splitlines() if "planted" in line]
        self.notes.append(f"findings of {size} {layout}: {last[0] if last else check.stderr}")
        if check.returncode:
            sys.exit(f"wrong findings on {size} {layout}:\n{check.stdout}")

    def run(self):
        self.prepare_anchors()
        large, medium = self.options.largest, "M" if self.options.largest == "L" else "S"
        for layout in ("gcloud", "rest", "xml"):
            for size in dict.fromkeys(["S", medium] + ([large] if layout == "gcloud" else [])):
                self.verify(size, layout)
        folder = self.data(large)
        self.whole(folder, "")
        self.whole(self.without_instances(folder), "-partial")
        dom = [self.path("simdjson_dom"), folder] if self.has_simdjson else [
            self.python, os.path.join(ANCHORS, "simdjson_parse.py"), folder]
        self.paired("P3", lambda: self.lint(folder), lambda: Run(dom))
        self.paired("P4", lambda: Run([self.python, os.path.join(ANCHORS, "checks.py"), folder]),
                    lambda: self.lint(folder), count=3)
        self.paired("P7", lambda: self.lint(folder), lambda: self.lint(self.data(medium)))
        self.paired("P8", lambda: self.lint(folder, "--jobs", "1"),
                    lambda: self.lint(folder, "--jobs", "2"))
        self.start_up()
        self.single("P11", lambda: self.linting_share(folder))
        markup = self.data(medium, "xml")
        self.paired("P12", lambda: self.lint(markup), lambda: Run([self.path("sax2"), markup]),
                    measure=lambda run: run.cpu)
        json_folder = self.data(medium)
        self.paired("P13", lambda: Run([self.read_bench, json_folder], captures=True),
                    lambda: Run([self.path("yyjson_insitu"), json_folder], captures=True),
                    measure=lambda run: float(run.out))
        self.expressions()
        if self.options.large_bytes:
            for layout in ("array", "ndjson"):
                file = self.large_file(folder, layout)
                size = os.path.getsize(file)
                self.single("P6-" + layout, lambda: self.lint(file).peak / size,
                            count=1)

    def whole(self, folder, suffix):
        loads = [self.python, os.path.join(ANCHORS, "loads.py"), folder]
        self.paired("P1" + suffix, lambda: self.lint(folder), lambda: Run(loads))
        self.paired("P2" + suffix, lambda: self.lint(folder, "--jobs", "1"), lambda: Run(loads))
        size = sum(os.path.getsize(os.path.join(base, name))
                   for base, _, names in os.walk(folder) for name in names)
        self.single("P5" + suffix, lambda: self.lint(folder).peak / size, count=3)

    def start_up(self):
        tiny, rules = self.path("tiny.json"), self.path("user-rules")
        with open(tiny, "w", encoding="utf-8") as file:
            file.write(TINY)
        os.makedirs(rules, exist_ok=True)
        for number in range(60):
            with open(os.path.join(rules, f"user-rule-{number:02d}.yaml"), "w") as file:
                file.write(USER_RULE.format(number))
        lint = [self.neglint, "lint", "--fail-on", "never", tiny]
        self.paired("P9", lambda: Run(lint), lambda: Run([sys.executable, "-c", "pass"]),
                    count=21)
        self.single("P10", lambda: Run(lint + ["--rules", rules]).wall * 1000, count=21)

    def expressions(self):
        """Nanoseconds of an expression with all three evaluators; the parts go to the notes."""
        file = os.path.join(HERE, "expressions.json")

        def measure(*command):
            return json.loads(Run([*command, file], captures=True).out)

        for figure, script in (("E1", "evaluate_python.py"), ("E2", "evaluate_rust.py")):
            anchor = [self.python, os.path.join(ANCHORS, script)]
            pairs = [(measure(*anchor), measure(self.evaluate_bench))
                     for _ in range(self.options.count)]
            name = "typical condition"
            self.note(figure, [theirs[name] / ours[name] for theirs, ours in pairs])
            for part in pairs[0][0]:
                theirs, ours = (statistics.median([pair[side][part] for pair in pairs])
                                for side in (0, 1))
                self.notes.append(f"{figure} {part}: {theirs:.0f} ns / {ours:.0f} ns")

    def linting_share(self, folder):
        run = self.lint(folder, "--jobs", "1", "--timings")
        stages = {}
        for line in run.err.splitlines():
            parts = line.split()
            if len(parts) >= 4 and parts[2] == "s" and parts[0] in ("linting", "process"):
                stages[parts[0]] = float(parts[1])
        return stages["linting"] / (stages["process"] - stages["linting"])

    def table(self):
        lines = ["| figure | what | minimum | median | maximum | n | bar | goal | result |",
                 "| --- | --- | --- | --- | --- | --- | --- | --- | --- |"]
        for figure, row in self.results.items():
            sign = "≥" if figure in AT_LEAST else "≤"
            lines.append(
                f"| {figure} | {row['title']} | {row['minimum']:.3f} | **{row['median']:.3f}** | "
                f"{row['maximum']:.3f} | {row['n']} | {sign} {row['bar']} | {sign} {row['goal']} | "
                f"{row['result']} |")
        return "\n".join(lines + [""] + self.notes)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binaries", required=True, help="the folder of neglint and read-bench")
    parser.add_argument("--work", default=os.path.join(ROOT, ".build", "bench"),
                        help="where data and anchors go")
    parser.add_argument("--count", type=int, default=5, help="pairs a figure")
    parser.add_argument("--largest", choices=["M", "L"], default="L")
    parser.add_argument("--large-bytes", type=int, default=2_100_000_000,
                        help="the size of the single file; 0 leaves P6 out")
    parser.add_argument("--json", metavar="FILE", help="also writes the table there")
    options = parser.parse_args()
    bench = Bench(options)
    bench.run()
    print(bench.table())
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"figures": bench.results, "notes": bench.notes}, file, indent=2)


if __name__ == "__main__":
    main()
