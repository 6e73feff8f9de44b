"""pyqtgraph without its detours.

On import it copies every name of QtCore, QtGui and QtWidgets into modules of its own, which creates a thousand
types and enums that no chart needs: a tenth of a second and some megabytes at every start. It is handed Qt's own
modules in their place instead, and has nothing to copy. OpenGL, which it would load for curves that are drawn by
the graphics card, has a stand-in.
"""

from __future__ import annotations

import importlib
import os
import sys
from functools import cache
from types import ModuleType

QT_MODULES = ("QtCore", "QtGui", "QtWidgets")


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
    try:
        return importlib.import_module("pyqtgraph")
    finally:
        for module in own:
            del module.__dict__["__dir__"]
        for name, before in replaced.items():
            if before is None:
                del sys.modules[name]
            else:
                sys.modules[name] = before


def _stand_ins() -> dict[str, ModuleType]:
    """Modules that pyqtgraph imports and a bar chart never calls."""
    from PySide6 import QtGui
    from PySide6.QtWidgets import QWidget

    widgets = ModuleType("PySide6.QtOpenGLWidgets")
    widgets.__dict__["QOpenGLWidget"] = QWidget
    test = ModuleType("PySide6.QtTest")
    test.__dict__["QTest"] = type("QTest", (), {"qWait": None})
    return {"PySide6.QtOpenGL": QtGui, "PySide6.QtOpenGLWidgets": widgets, "PySide6.QtTest": test}
