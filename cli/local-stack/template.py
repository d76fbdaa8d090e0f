"""Reads template.yaml with CloudFormation's short forms (`!Ref X` becomes {"Ref": "X"}), for JSON to be made of it.

Run as `template.py FILE PARAMETER=ITEM,ITEM` it prints that JSON with the loops over that parameter written out: what the
tests read.
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


def expand(node, lists, values):
    """`node` with each Fn::ForEach over a parameter of `lists` written out, and the loops' `values` in their places."""
    if isinstance(node, str):
        for name, value in values.items():
            node = node.replace("${" + name + "}", value)
        return node
    if isinstance(node, list):
        return [expand(item, lists, values) for item in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {"Ref"} and node["Ref"] in values:
        return values[node["Ref"]]
    expanded = {}
    for key, value in node.items():
        if key.startswith("Fn::ForEach::"):
            identifier, collection, body = value
            for item in lists[collection["Ref"]]:
                expanded |= expand(body, lists, values | {identifier: item})
        else:
            expanded[expand(key, lists, values)] = expand(value, lists, values)
    return expanded


if __name__ == "__main__":
    parameter, items = sys.argv[2].split("=")
    json.dump(expand(load(sys.argv[1]), {parameter: items.split(",")}, {}), sys.stdout)
