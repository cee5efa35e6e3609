"""A page as PDF, by a Chromium or a browser made from it, if one is installed."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from dcrelief.errors import UnusableFileError, UsageError, why
from dcrelief.files.whole import resolved, stop_cleanly, whole
from dcrelief.language import _

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge")
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
SECONDS = 90


def find_chromium(named: str | None) -> Path:
    """The browser to print with: the one that is named, or the first that is found. Raises UsageError."""
    if named is not None:
        here = Path(named)
        found = str(resolved(here)) if here.is_file() and os.access(here, os.X_OK) else shutil.which(named)
        if found is None:
            raise UsageError(
                _("--chromium：{named} 不是能运行的程序。", named=named),
                _("请写 Chromium、Chrome 或 Edge 的完整路径。"),
            )
        return Path(found)
    for name in (*_NAMES, *_PLACES):
        if found := shutil.which(name):
            return Path(found)
    raise UsageError(
        _("没有找到 Chromium、Chrome 或 Edge，出不了 PDF。"),
        _("请改用 --html 文件.html，在浏览器里打开，按“打印”，选“另存为 PDF”；装在别处的用 --chromium 路径 指明。"),
    )


def print_pdf(page: str, path: Path, chromium: Path) -> None:
    """Prints a page of HTML on as many sheets as it takes. Raises UnusableFileError."""
    stop_cleanly()
    with TemporaryDirectory() as folder, whole(path) as half:
        source, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        command = [
            str(chromium),
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            # Chromium refuses to work for root with its sandbox; the page is ours and runs nothing.
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            f"--user-data-dir={Path(folder) / 'profile'}",
            "--no-pdf-header-footer",
            f"--print-to-pdf={printed}",
            source.as_uri(),
        ]
        try:
            returned, said = _run(command)
        except subprocess.TimeoutExpired:
            raise _failure(
                _(
                    "{chromium} 过了 {seconds} 秒还没有印好，没有写 {path}。",
                    chromium=chromium,
                    seconds=SECONDS,
                    path=path,
                )
            ) from None
        except OSError as error:
            raise _failure(_("{chromium} 运行不了：{why}。", chromium=chromium, why=why(error))) from None
        if returned or not printed.exists() or not printed.read_bytes().startswith(b"%PDF"):
            message = said.decode(errors="replace").strip().splitlines()
            last = _("它说：{message}", message=message[-1][:200]) if message else _("它什么也没有说。")
            raise _failure(
                _(
                    "{chromium} 没有印出 PDF（退出码 {returncode}）。{last}",
                    chromium=chromium,
                    returncode=returned,
                    last=last,
                )
            )
        shutil.copyfile(printed, half)


def _run(command: Sequence[str]) -> tuple[int, bytes]:
    """Runs a program; its exit status and what it says. Whatever stops this stops it, too, and all that it started.

    Raises OSError, TimeoutExpired.
    """
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as running:
        try:
            _out, said = running.communicate(timeout=SECONDS)
        except BaseException:
            if sys.platform == "win32":
                running.kill()
            else:
                os.killpg(running.pid, signal.SIGKILL)
            raise
    return running.returncode, said


def _failure(message: str) -> UnusableFileError:
    return UnusableFileError(message, _("可以改用 --html 文件.html，在浏览器里打开后打印。"))
