#!/usr/bin/env python3
"""Runs the recipes of docs/store-format.md on a store: run.py STORE TITLES

TITLES is a file with the title of every article, a line each. A recipe whose tool is missing is skipped with a message.
Ends with 0 where all that ran was right.
"""
import importlib.util
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def missing(language, code):
    """What a recipe needs and is not there; nil for nothing."""
    if language == "sh":
        return next((tool for tool in ("jq", "rg") if re.search(rf"\b{tool}\b", code) and not shutil.which(tool)), None)
    module = {"sql": "duckdb", "python": "pandas" if "import pandas" in code else "sys"}.get(language)
    if language == "swift":
        return "a compiler (PrecisStoreTests has the same lines)"
    return None if importlib.util.find_spec(module) else f"the Python package {module}"


def run(language, code, store):
    if language == "sql":
        code = f"import duckdb\nfor row in duckdb.sql({code!r}).fetchall(): print(row[0])"
    command = ["bash", "-euo", "pipefail", "-c", code] if language == "sh" else [sys.executable, "-c", code]
    return subprocess.run(command, cwd=store, capture_output=True, text=True)


store, titles = sys.argv[1], sorted(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8").splitlines())
page = (ROOT / "docs" / "store-format.md").read_text(encoding="utf-8")
recipes = re.findall(r"^```(\w+) (titles|check)\n(.*?)^```", page, re.S | re.M)
failures = 0
for language, kind, code in recipes:
    name = code.splitlines()[0]
    lack = missing(language, code)
    if lack:
        print(f"skipped: {name}: needs {lack}")
        continue
    done = run(language, code, store)
    right = done.returncode == 0 and bool(done.stdout.strip())
    if kind == "titles":
        right = right and sorted(done.stdout.splitlines()) == titles
    failures += not right
    print(f"{'right' if right else 'WRONG'}: {name}")
    if not right:
        print(done.stdout[:2000], done.stderr[:2000], sep="\n")
if not recipes:
    print("there are no recipes")
sys.exit(1 if failures or not recipes else 0)
