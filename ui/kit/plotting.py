"""pyqtgraph without its detours.

On import it copies every name of QtCore, QtGui and QtWidgets into modules of its own, which creates a thousand
types and enums that no chart needs: a tenth of a second and some megabytes at every start. It is handed Qt's own
modules in their place instead, and has nothing to copy.
"""

from __future__ import annotations

import importlib
import os
import sys
from functools import cache
from types import ModuleType

QT_MODULES = ("QtCore", "QtGui", "QtWidgets")
# It asks for this and does without it.
OPTIONAL = ("PySide6.QtTest",)


@cache
def plotting() -> ModuleType:
    """The library, imported once, when the first chart is drawn."""
    # A dashboard multiplies no matrices; each thread of the BLAS would cost memory.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    own = [importlib.import_module(f"PySide6.{name}") for name in QT_MODULES]
    absent = [name for name in OPTIONAL if name not in sys.modules]
    for name, module in zip(QT_MODULES, own, strict=True):
        sys.modules[f"pyqtgraph.Qt.{name}"] = module
        module.__dict__["__dir__"] = list
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]  what Python takes for "cannot be imported"
    try:
        return importlib.import_module("pyqtgraph")
    finally:
        for module in own:
            del module.__dict__["__dir__"]
        for name in absent:
            del sys.modules[name]
