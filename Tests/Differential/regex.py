"""Writes cases for LibraryRegexDifferentialTests: random patterns and texts with RE2's answers.

    pip install google-re2
    python3 Tests/Differential/regex.py cases.json [count] [seed]
    NEGLINT_REGEX_CASES=$PWD/cases.json swift test --filter LibraryRegexDifferentialTests

Left out are patterns on which the engines differ on purpose: `\\C`, duplicate group names, scripts
that are not in our table, and nesting or sizes beyond our limits. Patterns with `\\B` get ASCII
texts only: RE2 lets it match between the bytes of one character, we (as Go) do not.
"""

import json
import random
import sys

import re2

LETTERS = "aabbcckKsS01_- \n"
WIDE = "éÉßſKσςΣ😀日я́"
ATOMS = [
    ".", r"\d", r"\D", r"\s", r"\S", r"\w", r"\W", r"\pN", r"\p{Greek}", r"\p{Lu}", r"\PL",
    r"\p{^Ll}", r"\p{Cyrillic}", r"\p{Han}", r"\.", r"\x41", r"\x{1F600}", r"\101", r"\n", r"\t",
    "[abc]", "[^abc]", "[a-c0-9]", "[^\\s]", "[[:alpha:]]", "[[:^digit:]_]", "[\\w-]", "[é-я]",
    "[]a]", "[^]]", "[-a]", "[a-]", "\\Qa.b\\E", "[[:word:]]", "[k-s]", "\\pL", "[\\pL\\d]",
]
ASSERTIONS = ["^", "$", r"\A", r"\z", r"\b", r"\B"]
QUANTIFIERS = ["*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}", "{0}", "{1,}?"]
FLAGS = ["i", "m", "s", "U", "im", "is", "i-s", "-i", "ms-U", "-m"]
SOUP = list("ab01()[]{}|*+?.^$\\-,:<>PipsQEnxdDwbBzAZkU=!&_é\n ") + [
    "(?", "(?:", "(?P<n>", "(?i)", "[[:", ":]", "[^", "{2,3}", "{1001}", "\\p{", "\\x{", "\\Q",
]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.names = 0

    def node(self, depth):
        pick = self.random.random()
        if depth <= 0 or pick < 0.30:
            return self.atom()
        if pick < 0.55:
            return "".join(self.node(depth - 1) for _ in range(self.random.randint(1, 4)))
        if pick < 0.70:
            parts = [self.node(depth - 1) for _ in range(self.random.randint(2, 3))]
            if self.random.random() < 0.15:
                parts.append("")
            return "(?:" + "|".join(parts) + ")"
        if pick < 0.80:
            return self.group(self.node(depth - 1)) + self.random.choice(QUANTIFIERS)
        if pick < 0.92:
            return self.group("|".join(self.node(depth - 1) for _ in range(self.random.randint(1, 3))))
        if pick < 0.96:
            return self.atom() + self.random.choice(QUANTIFIERS)
        return "(?" + self.random.choice(FLAGS) + self.random.choice([":", ")"]).replace(
            ":", ":" + self.node(depth - 1) + ")")

    def group(self, body):
        pick = self.random.random()
        if pick < 0.3:
            return "(?:" + body + ")"
        if pick < 0.45:
            self.names += 1
            return f"(?{self.random.choice(['P', ''])}<n{self.names}>{body})"
        return "(" + body + ")"

    def atom(self):
        pick = self.random.random()
        if pick < 0.55:
            return self.random.choice(LETTERS)
        if pick < 0.62:
            return self.random.choice(WIDE)
        if pick < 0.90:
            return self.random.choice(ATOMS)
        return self.random.choice(ASSERTIONS)

    def pattern(self):
        if self.random.random() < 0.2:
            return "".join(self.random.choice(SOUP) for _ in range(self.random.randint(1, 10)))
        flags = "(?" + self.random.choice(FLAGS) + ")" if self.random.random() < 0.3 else ""
        return flags + self.node(3)

    def text(self, is_ascii):
        alphabet = LETTERS + LETTERS + ("" if is_ascii else WIDE) + "A.xyz"
        alphabet = [c for c in alphabet if ord(c) < 128 or not is_ascii]
        return "".join(self.random.choice(alphabet) for _ in range(self.random.randint(0, 14)))


def answer(pattern, text, options):
    case = {"pattern": pattern, "text": text, "isValid": True}
    try:
        regex = re2.compile(pattern, options)
    except re2.error:
        case["isValid"] = False
        return case
    match = regex.search(text)
    if match:
        offset = lambda index: len(text[:index].encode()) if index >= 0 else -1
        case["match"] = [
            offset(end) for group in range(regex.groups + 1) for end in match.span(group)]
    return case


def main():
    path = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20000
    generator = Generator(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    options = re2.Options()
    options.log_errors = False
    cases = []
    while len(cases) < count:
        pattern = generator.pattern()
        if "\\C" in pattern or pattern.count("<n>") > 1:
            continue
        for _ in range(3):
            cases.append(answer(pattern, generator.text("\\B" in pattern), options))
    valid = sum(case["isValid"] for case in cases)
    matched = sum("match" in case for case in cases)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(cases, file)
    print(f"{len(cases)} cases, {valid} with a valid pattern, {matched} with a match")


if __name__ == "__main__":
    main()
