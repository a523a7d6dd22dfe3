import importlib.util
import sys
from pathlib import Path

import pytest

from mentoring import embedded

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    """State folder of embedded servers that no other test uses, so that they may be stopped, killed and spoilt."""
    var = tmp_path_factory.mktemp("var")
    embedded.ensure_postgres(var)
    embedded.ensure_redis(var)
    yield var
    embedded.stop(var)


@pytest.fixture
def script(monkeypatch):
    """Call with a name: the module scripts/<name>.py, not run."""

    def load(name):
        monkeypatch.syspath_prepend(str(ROOT / "scripts"))
        spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return load
