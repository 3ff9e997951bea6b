#!/usr/bin/env python3
"""Writes fixtures/mission-TOOL/export: fixtures/mission-gcloud as tools turn it into XML.

    pip install xmltodict==1.0.4 dicttoxml==1.7.16 yq==4.4.5       # yq needs jq
    apt-get install libjackson2-dataformat-xml-java libwoodstox-java   # 2.14.0, 6.2.1, and a JDK
    Tests/Converters/convert.py TOOL...                            # yq xmltodict dicttoxml jackson

Each tool gets each file as it is. Those that need a name for the root, or for the items of a list
at the top, are given one, as their users do.
"""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent.parent / "fixtures"


def with_xmltodict(path):
    import xmltodict
    value = json.loads(path.read_bytes())
    root = {"items": {"item": value}} if isinstance(value, list) else {"item": value}
    return xmltodict.unparse(root, pretty=True, indent="  ") + "\n"


def with_dicttoxml(path):
    import dicttoxml
    dicttoxml.LOG.setLevel("ERROR")
    return dicttoxml.dicttoxml(json.loads(path.read_bytes())).decode() + "\n"


def with_yq(path):
    expression = 'if type == "array" then {items: {item: .}} else {item: .} end'
    return subprocess.run(
        ["yq", "--xml-output", expression, str(path)], check=True, capture_output=True,
        text=True).stdout


def with_jackson(path):
    jars = ":".join(
        f"/usr/share/java/{name}.jar" for name in (
            "jackson-annotations", "jackson-core", "jackson-databind", "jackson-dataformat-xml",
            "stax2-api", "woodstox-core"))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["javac", "-cp", jars, "-d", folder, str(HERE / "Jackson.java")], check=True)
        return subprocess.run(
            ["java", "-cp", f"{jars}:{folder}", "Jackson", str(path)], check=True,
            capture_output=True, text=True).stdout


def main():
    source = FIXTURES / "mission-gcloud" / "export"
    for tool in sys.argv[1:]:
        write = globals()[f"with_{tool}"]
        for path in sorted(source.rglob("*.json")):
            target = FIXTURES / f"mission-{tool}" / "export" / path.relative_to(source)
            target = target.with_suffix(".xml")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(write(path), encoding="utf-8")


if __name__ == "__main__":
    main()
