"""pyqtgraph without its detours.

On import it copies every name of QtCore, QtGui and QtWidgets into modules of its own, which creates a thousand
types and enums that no chart needs, and loads every kind of picture, tree and spin box it has. It is handed Qt's own
modules in place of the copies, and empty modules in place of what a bar chart never calls: more than half of the
time and some megabytes of every start. Its version is pinned by the lock file, and the self-check of the packaged
program draws a chart.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from functools import cache
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

QT_MODULES = ("QtCore", "QtGui", "QtWidgets")
# What bars between two axes need of the two large rooms of the library, and what of its small ones is never needed.
GRAPHICS_ITEMS = {
    "AxisItem",
    "BarGraphItem",
    "GraphicsItem",
    "GraphicsLayout",
    "GraphicsObject",
    "GraphicsWidget",
    "GraphicsWidgetAnchor",
    "ItemGroup",
    "ViewBox",
}
WIDGETS = {"GraphicsView"}
# The help texts of numpy, attached to its functions one by one; what only annotations name; coloured terminals.
UNUSED_MODULES = {
    "numpy._core._add_newdocs",
    "numpy._core._add_newdocs_scalars",
    "numpy._typing",
    "pyqtgraph.util.cprint",
}
UNUSED = {"console", "imageview", "multiprocess", "parametertree", "WidgetGroup"}


@cache
def plotting() -> ModuleType:
    """The library, imported once, when the first chart is drawn."""
    # A dashboard multiplies no matrices; each thread of the BLAS would cost memory.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    own = [importlib.import_module(f"PySide6.{name}") for name in QT_MODULES]
    for name, module in zip(QT_MODULES, own, strict=True):
        sys.modules[f"pyqtgraph.Qt.{name}"] = module
        module.__dict__["__dir__"] = list
    replaced = {name: sys.modules.get(name) for name in _stand_ins()}
    sys.modules.update(_stand_ins())
    detour = _Detour()
    sys.meta_path.insert(0, detour)
    try:
        return importlib.import_module("pyqtgraph")
    finally:
        sys.meta_path.remove(detour)
        sys.modules.pop("numpy._typing", None)
        for module in own:
            del module.__dict__["__dir__"]
        for name, before in replaced.items():
            if before is None:
                del sys.modules[name]
            else:
                sys.modules[name] = before


class _Detour(MetaPathFinder, Loader):
    """Answers for the parts of the library that are not needed with empty modules."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname in UNUSED_MODULES:
            return ModuleSpec(fullname, self)
        first, _, rest = fullname.removeprefix("pyqtgraph.").partition(".")
        part = rest.partition(".")[0]
        wanted = {"graphicsItems": GRAPHICS_ITEMS, "widgets": WIDGETS}.get(first)
        skip = (wanted is not None and part and part not in wanted) or first in UNUSED
        return ModuleSpec(fullname, self, is_package=True) if fullname.startswith("pyqtgraph.") and skip else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Empty(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["__all__"] = []


class _Empty(ModuleType):
    """Has a class of any name, which can be named, inherited from and given parameters, and nothing more."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {"__class_getitem__": classmethod(lambda cls, _: cls)})


def _stand_ins() -> dict[str, ModuleType]:
    """Modules of Qt that pyqtgraph imports and a bar chart never calls."""
    from PySide6 import QtGui
    from PySide6.QtWidgets import QWidget

    widgets = ModuleType("PySide6.QtOpenGLWidgets")
    widgets.__dict__["QOpenGLWidget"] = QWidget
    test = ModuleType("PySide6.QtTest")
    test.__dict__["QTest"] = type("QTest", (), {"qWait": None})
    made = {"PySide6.QtOpenGL": QtGui, "PySide6.QtOpenGLWidgets": widgets, "PySide6.QtTest": test}
    if "subprocess" not in sys.modules:
        made["subprocess"] = ModuleType("subprocess")  # only for compiling .ui files
    return made
