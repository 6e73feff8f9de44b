from tests.ui.conftest import desk, workspace

__all__ = ["desk", "workspace"]
