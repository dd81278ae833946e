"""Make deck-sheets.pdf, workbook.pdf and pack.pdf from the files of as_yaml.py.

python -m benchmarks.idiomatic CONTENT_FOLDER OUTPUT_FOLDER [--tuned]
"""

from __future__ import annotations

from pathlib import Path

import click
import yaml
from pypdf import PdfWriter
from reportlab import rl_config

from benchmarks.idiomatic.cards import make_sheets
from benchmarks.idiomatic.guide import make_guide
from benchmarks.idiomatic.looks import Looks
from benchmarks.idiomatic.workbook import make_workbook


@click.command()
@click.argument("content", type=click.Path(exists=True, path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--tuned", is_flag=True, help="YAML read in C, no base 85 around streams.")
def main(content: Path, output: Path, tuned: bool) -> None:
    """Build the deck's sheets, the workbook and the pack."""
    loader = yaml.CSafeLoader if tuned else yaml.SafeLoader
    rl_config.useA85 = not tuned
    deck, book = (
        yaml.load((content / f"{name}.yaml").read_text(encoding="utf-8"), loader)
        for name in ("deck", "workbook")
    )
    looks = Looks(content / "looks.json")
    output.mkdir(parents=True, exist_ok=True)
    names = [str(output / f"{name}.pdf") for name in ("guide", "deck-sheets", "workbook")]
    make_guide(names[0], deck, book, looks)
    make_sheets(names[1], deck, looks)
    make_workbook(names[2], deck, book, looks)
    pack = PdfWriter()
    for name in names:
        pack.append(name, outline_item=Path(name).stem)
    pack.write(output / "pack.pdf")
    Path(names[0]).unlink()
    for name in (*names[1:], output / "pack.pdf"):
        click.echo(f"Wrote {name}")


if __name__ == "__main__":
    main()
