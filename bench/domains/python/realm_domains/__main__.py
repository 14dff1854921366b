"""The command line of bench/domains/make."""

import sys
from pathlib import Path

from . import folder, gym, leave, museum, parcels

DOMAINS = {
    domain.name: domain for domain in (parcels.DOMAIN, leave.DOMAIN, gym.LEGS, gym.ARITHMETIC, gym.SORTING, museum.DOMAIN)
}


def main(root: Path, names: list[str]) -> None:
    unknown = [name for name in names if name not in DOMAINS]
    if unknown:
        sys.exit(f"make: there is no domain {unknown[0]}. There are: {', '.join(DOMAINS)}.")
    for name in names or DOMAINS:
        folder.write(DOMAINS[name], root / name)
        print(root / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
