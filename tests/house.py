"""What the layout of the code must look like, as functions that a test can also fail."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("web", "gatherings", "sessions")
BESIDE = ("tests", "bench", "scripts")
LONGEST_FILE = 400
CROSSING_ALLOWED = "tables and rules, never pages"


def modules(root: Path) -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    files = [root / "app.py", *(f for room in ROOMS for f in sorted((root / room).rglob("*.py")))]
    return {_dotted(root, file): file for file in files if file.exists()}


def _beside(root: Path) -> dict[str, Path]:
    files = [file for room in BESIDE for file in sorted((root / room).rglob("*.py"))]
    return {_dotted(root, file): file for file in files}


def faults(root: Path) -> list[str]:
    """Every breach of the layout, as sentences; an empty list when the house is in order."""
    found = modules(root)
    imports = {name: sorted(set(_imports(file, found))) for name, file in found.items()}
    return [
        *(fault for name, file in found.items() for fault in _faults_of_file(name, file)),
        *(fault for name, file in _beside(root).items() for fault in _too_long(name, file)),
        *(f for name, targets in imports.items() for t in targets for f in _crossing(name, t)),
        *_circles(imports),
    ]


def _faults_of_file(name: str, file: Path) -> Iterator[str]:
    yield from _too_long(name, file)
    tree = ast.parse(file.read_text())
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{name} imports inside {function.name}"
    outside = {n.split(".")[0] for n in _names(tree)}
    if _kind(name) in ("rules", "tables") and name.split(".")[0] != "web" and "litestar" in outside:
        yield f"{name} is not a page and imports litestar"
    if name != "app" and outside & {"app", "piccolo_conf"}:
        yield f"{name} imports app or piccolo_conf"


def _too_long(name: str, file: Path) -> Iterator[str]:
    if len(file.read_text().splitlines()) > LONGEST_FILE:
        yield f"{name} has more than {LONGEST_FILE} lines"


def _crossing(name: str, target: str) -> Iterator[str]:
    room, other = name.split(".")[0], target.split(".")[0]
    if room != "app" and ROOMS.index(other) > ROOMS.index(room):
        yield f"{name} imports {target}: {room} must not know {other}"
    if _kind(target) == "pages" and room != "app" and not _helps_pages(name, target):
        yield f"{name} imports {target}: pages are imported by app alone"
    if _kind(name) == "tables" and _kind(target) in ("rules", "pages") and other != "web":
        yield f"{name} imports {target}: tables import no rules"


def _helps_pages(name: str, target: str) -> bool:
    """Pages of one folder may share what they show, and a room has one file for all its pages."""
    theirs = (
        f"{name.rpartition('.')[0]}.{target.rpartition('.')[2]}",
        f"{name.split('.')[0]}.shared_pages",
    )
    return _kind(name) == "pages" and target in theirs


def _kind(name: str) -> str:
    stem = name.rpartition(".")[2]
    if name.startswith("web") or name == "app":
        return "web"
    if stem.endswith("pages") or stem == "commands":
        return "pages"
    return "tables" if stem == "tables" else "rules"


def _imports(file: Path, known: dict[str, Path]) -> Iterator[str]:
    for name in _names(ast.parse(file.read_text())):
        if name in known:
            yield name
        elif name.rpartition(".")[0] in known and name.partition(".")[0] in (*ROOMS, "app"):
            yield name.rpartition(".")[0]


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _circles(imports: dict[str, list[str]]) -> Iterator[str]:
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> Iterator[str]:
        if name in path:
            yield "a circle: " + " -> ".join((*path[path.index(name) :], name))
        elif name not in done:
            for target in imports[name]:
                if target != name and not _is_package(target):
                    yield from walk(target, (*path, name))
            done.add(name)

    for name in imports:
        yield from walk(name, ())


def _is_package(name: str) -> bool:
    return "." not in name and name in ROOMS


def _dotted(root: Path, file: Path) -> str:
    parts = file.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
