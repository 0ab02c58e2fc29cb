#!/usr/bin/env python3
"""Validates documents of Precis against docs/schema, with the `jsonschema` package (Debian: python3-jsonschema).

    validate.py                        the samples beside this script, which the Swift tests hold to the code,
                                       and the configurations in config/
    validate.py --store DIRECTORY      every document of a store
    validate.py --schema NAME FILE...  files ("-": standard input; *.ndjson: line by line) against one schema

Ends with 0 where all is valid, 1 where something is not, 77 where the package is missing.
"""
import json
import pathlib
import sys
import tomllib

try:
    import jsonschema
except ImportError:
    print("validate.py: skipped: the Python package jsonschema is missing (apt install python3-jsonschema)")
    sys.exit(77)

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8"))
    for folder in (HERE.parent.parent / "docs" / "schema", HERE)
    for path in sorted(folder.glob("*.schema.json"))
}


def validator(name):
    """A validator of one schema that finds the others by their $id, in old and new versions of the package."""
    try:
        from referencing import Registry, Resource
    except ImportError:
        store = {schema["$id"]: schema for schema in SCHEMAS.values()}
        resolver = jsonschema.RefResolver.from_schema(SCHEMAS[name], store=store)
        return jsonschema.Draft202012Validator(SCHEMAS[name], resolver=resolver)
    resources = [(schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS.values()]
    return jsonschema.Draft202012Validator(SCHEMAS[name], registry=Registry().with_resources(resources))


class Run:
    def __init__(self):
        self.documents = 0
        self.faults = 0

    def check(self, name, text, where):
        self.documents += 1
        try:
            document = tomllib.loads(text) if name == "configuration" else json.loads(text)
        except ValueError as error:
            return self.fault(where, f"cannot be read: {error}")
        for error in list(VALIDATORS[name].iter_errors(document))[:5]:
            best = jsonschema.exceptions.best_match([error])
            path = "/".join(str(part) for part in best.absolute_path) or "(document)"
            self.fault(where, f"{path}: {best.message[:300]}")

    def fault(self, where, message):
        self.faults += 1
        print(f"{where}: {message}")

    def file(self, name, path):
        lines = str(path).endswith(".ndjson")
        text = sys.stdin.read() if str(path) == "-" else pathlib.Path(path).read_text(encoding="utf-8")
        if not lines:
            return self.check(name, text, path)
        # A reader stops at the last line feed: what follows is a line that is still being written.
        for number, line in enumerate(text.split("\n")[:-1], start=1):
            self.check(name, line, f"{path}:{number}")

    def store(self, directory):
        directory = pathlib.Path(directory)
        for pattern, name in [
            ("manifest.json", "manifest"),
            ("feeds.json", "feeds"),
            ("latest.json", "latest"),
            ("latest.json", "json-feed"),
            ("entries/*.ndjson", "article-line"),
            ("state/*.ndjson", "feed-state-line"),
        ]:
            for path in sorted(directory.glob(pattern)):
                self.file(name, path)

    def samples(self):
        for path in sorted((HERE / "samples").iterdir()):
            self.file(path.name.split(".")[0], path)
        for path in sorted((HERE.parent.parent / "config").rglob("*.toml")):
            self.file("configuration", path)


for schema in SCHEMAS.values():
    jsonschema.Draft202012Validator.check_schema(schema)
VALIDATORS = {name: validator(name) for name in SCHEMAS}

run = Run()
arguments = sys.argv[1:]
if not arguments:
    run.samples()
elif arguments[0] == "--store" and len(arguments) == 2:
    run.store(arguments[1])
elif arguments[0] == "--schema" and len(arguments) > 2 and arguments[1] in SCHEMAS:
    for argument in arguments[2:]:
        run.file(arguments[1], argument)
else:
    print(__doc__)
    sys.exit(64)
if run.documents == 0:
    print("validate.py: there is nothing to validate")
    sys.exit(1)
print(f"validate.py: {run.documents} documents, {run.faults} faults")
sys.exit(1 if run.faults else 0)
