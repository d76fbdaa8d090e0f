"""Reads template.yaml with CloudFormation's short forms (`!Ref X` becomes {"Ref": "X"}), for JSON to be made of it.

Run with a file's name it prints that JSON: what the tests read.
"""

import json
import sys
from pathlib import Path

import yaml


class Loader(yaml.SafeLoader):
    """YAML with CloudFormation's tags."""


def intrinsic(loader, tag, node):
    name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
        if tag == "GetAtt":
            value = value.split(".", 1)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {name: value}


Loader.add_multi_constructor("!", intrinsic)
# A date stays the text that it is in JSON (`Version: 2012-10-17`).
Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path):
    with Path(path).open(encoding="utf-8") as file:
        return yaml.load(file, Loader=Loader)


if __name__ == "__main__":
    json.dump(load(sys.argv[1]), sys.stdout)
