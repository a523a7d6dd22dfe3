"""The house's own source, read as syntax trees: what the other tests here look through."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = list(settings.LOCAL_APPS)


@dataclass(frozen=True)
class Module:
    """One Python file of an app. ``name``: its dotted name; ``where``: its path from the root."""

    app: str
    name: str
    where: str
    tree: ast.Module

    @property
    def rooms(self) -> list[str]:
        """The parts of its name below the app: ["views", "log"]."""
        return self.name.split(".")[1:]

    def walk(self, *kinds):
        """Every node of these kinds."""
        return [node for node in ast.walk(self.tree) if isinstance(node, kinds)]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of every app, without migrations."""
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" in parts:
                continue
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                for child in ast.iter_child_nodes(node):
                    child.parent = node
            found.append(Module(app, name, str(path.relative_to(ROOT)), tree))
    return tuple(found)


def in_room(room) -> list[Module]:
    """The modules called ``room``, or in a package of that name, in any app: in_room("views")."""
    return [module for module in modules() if room in module.rooms[:1]]


@cache
def templates() -> tuple[tuple[str, str], ...]:
    """(path below templates/, text) of every template of ours."""
    folder = ROOT / "templates"
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".html", ".txt"})
    return tuple((str(path.relative_to(folder)), path.read_text(encoding="utf-8")) for path in paths)


def imported(module) -> list[tuple[int, str]]:
    """(line, dotted name) of everything a module imports, relative names written out."""
    package = module.name if module.where.endswith("__init__.py") else module.name.rpartition(".")[0]
    found = []
    for node in module.walk(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
            continue
        base = node.module or ""
        if node.level:
            above = package.split(".")[: len(package.split(".")) - node.level + 1]
            base = ".".join([*above, *([node.module] if node.module else [])])
        found += [(node.lineno, f"{base}.{alias.name}") for alias in node.names]
    return found


def strings(module) -> list[tuple[int, str]]:
    """(line, text) of every string constant that is not a docstring."""
    docs = {id(node.value) for node in module.walk(ast.Expr) if isinstance(node.value, ast.Constant)}
    constants = module.walk(ast.Constant)
    return [(node.lineno, node.value) for node in constants if isinstance(node.value, str) and id(node) not in docs]


def enclosing(node) -> str:
    """The name of the outermost function or class a node stands in, or ""."""
    name = ""
    while hasattr(node, "parent"):
        node = node.parent
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = node.name
    return name
