"""What the text benchmarks share: peers from PyPI in an environment of their own, and the cost of a command."""
import atexit
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import venv


def scratch():
    """A directory that is gone when the benchmark ends."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="precis-bench."))
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def enter(packages, directory):
    """Installs packages into an environment and makes them importable; False where they cannot be had."""
    try:
        venv.create(directory / "venv", with_pip=True)
        pip = [str(directory / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        # One by one: some releases of pip stop at extras that two packages ask of a third.
        for package in packages:
            subprocess.run(pip + [package], check=True, stdout=subprocess.DEVNULL, timeout=900)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"without {', '.join(packages)}: {error}", file=sys.stderr)
        return False
    sys.path[:0] = [str(p) for p in (directory / "venv/lib").glob("python3*/site-packages")]
    return True


def cpu():
    """CPU seconds of this process."""
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def run(command):
    """The output of a command and the CPU seconds that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout.decode("utf-8", "replace"), seconds, done.returncode


os.environ.setdefault("LC_ALL", "C.UTF-8")
