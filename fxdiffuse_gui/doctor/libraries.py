"""Missing system libraries, and the packages that contain them."""

import re

_MISSING = re.compile(r"(lib[\w.+-]+\.so(?:\.\d+)*)(?=:? (?:cannot open|=> not found))")
_PARTS = re.compile(r"(lib.+?)\.so\.(\d+)")

# Libraries that share a Debian package.
_SHARED_PACKAGES = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}


def missing_in(text: str) -> list[str]:
    """The shared libraries that an error of the dynamic loader, or the output of ldd, reports as missing."""
    return sorted(set(_MISSING.findall(text)))


def advice_for(libraries: list[str]) -> str:
    """A sentence that says how to install these system libraries."""
    packages = sorted({debian_package(library) for library in libraries})
    return (
        f"Install the system libraries {', '.join(libraries)} (Debian, Ubuntu: apt-get install"
        f" {' '.join(packages)})."
    )


def debian_package(library: str) -> str:
    """The Debian package of a shared library like "libxcb-cursor.so.0", which follows from its name."""
    parts = _PARTS.fullmatch(library)
    if library in _SHARED_PACKAGES or parts is None:
        return _SHARED_PACKAGES.get(library, library)
    name, version = parts[1].lower(), parts[2]
    return f"{name}-{version}" if name[-1].isdigit() else name + version
