"""Asks a database of known vulnerabilities about each package of constraints.txt; says so where it got no answer.

pip-audit itself says "No known vulnerabilities found" and exits with 0 where it could ask about nothing.
"""

import json
import subprocess
import sys
from typing import Any

CLEAN, VULNERABLE, NOT_ASKED = 0, 1, 2
_ASK = (
    "--requirement",
    "constraints.txt",
    "--disable-pip",
    "--no-deps",
    "--format",
    "json",
    "--progress-spinner",
    "off",
)


def verdict(answer: str) -> tuple[int, str]:
    """The exit status and what to say, from what pip-audit writes as JSON; anything else is no answer."""
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return NOT_ASKED, "Nothing was audited: no database of vulnerabilities could be reached from here."
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    found = [
        f"{package['name']} {package['version']}: {', '.join(known['id'] for known in package['vulns'])}"
        for package in packages
        if package.get("vulns")
    ]
    if found:
        return VULNERABLE, "\n".join(("Known vulnerabilities:", *found))
    if len(skipped) == len(packages):
        return NOT_ASKED, "Nothing was audited: the database of vulnerabilities knows none of the packages from here."
    if skipped:
        return NOT_ASKED, f"No known vulnerabilities, but these were not audited: {', '.join(skipped)}"
    return CLEAN, f"No known vulnerabilities in {len(packages)} packages."


def main() -> int:
    """Runs pip-audit, which is in the environment of its own that runs this."""
    asked = subprocess.run([sys.executable, "-m", "pip_audit", *_ASK], capture_output=True, text=True, check=False)
    status, said = verdict(asked.stdout)
    if not asked.stdout.strip() and asked.stderr.strip():
        said += f"\n({asked.stderr.strip().splitlines()[-1]})"
    print(said)
    return status


if __name__ == "__main__":
    sys.exit(main())
