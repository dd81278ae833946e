"""Does one job with poppler-glib: a JSON object in, a JSON value out.

Runs in the system's Python, whatever its version, and imports nothing of the project.
"""

import json
import sys

import gi

gi.require_version("Poppler", "0.18")
from gi.repository import Gio, Poppler  # noqa: E402


def opened(file):
    """A document from a path."""
    return Poppler.Document.new_from_gfile(Gio.File.new_for_path(file), None, None)


def fields(page):
    """Every field of a page."""
    return [mapping.field for mapping in page.get_form_field_mapping()]


def enter(field, answer):
    """One answer into a field of its name; a radio button only if it is the right one."""
    kind, value = answer["kind"], answer["value"]
    if kind in ("line", "lines"):
        field.text_set_text(value)
    elif kind == "choice":
        count = field.choice_get_n_items()
        names = [field.choice_get_item(i) for i in range(count)]
        field.choice_select_item(names.index(value))
    elif kind == "check" or field.get_partial_name() == value or on_state(field) == value:
        field.button_set_state(True)


def on_state(field):
    """What a radio button stands for: its mapping name is the group's, so count them."""
    return RADIO.get(field.get_id(), "")


RADIO = {}


def number_radios(document):
    """Radio buttons of a group in the order of the page: 1, 2, 3 …"""
    for at in range(document.get_n_pages()):
        counts = {}
        for field in sorted(fields(document.get_page(at)), key=lambda f: f.get_id()):
            if is_button(field) and field.button_get_button_type() == Poppler.FormButtonType.RADIO:
                name = field.get_name()
                counts[name] = counts.get(name, 0) + 1
                RADIO[field.get_id()] = str(counts[name])


def is_button(field):
    """Check boxes and radio buttons."""
    return field.get_field_type() == Poppler.FormFieldType.BUTTON


def value_of(field):
    """A field's value as poppler has it."""
    if is_button(field):
        if not field.button_get_state():
            return ""
        return RADIO.get(field.get_id(), "Yes")
    if field.get_field_type() == Poppler.FormFieldType.CHOICE:
        count = field.choice_get_n_items()
        chosen = [i for i in range(count) if field.choice_is_item_selected(i)]
        return field.choice_get_item(chosen[0]).strip() if chosen else ""
    return field.text_get_text() or ""


def main(job):
    """What the job asks for."""
    if job["task"] == "version":
        return Poppler.get_version()
    document = opened(job["file"])
    number_radios(document)
    if job["task"] == "read":
        found = {}
        for at in range(document.get_n_pages()):
            for field in fields(document.get_page(at)):
                found[field.get_name()] = found.get(field.get_name()) or value_of(field)
        return found
    for answer in job["answers"]:
        for field in fields(document.get_page(answer["page"])):
            if field.get_name() == answer["name"]:
                enter(field, answer)
    document.save("file://" + job["to"])
    return None


if __name__ == "__main__":
    print(json.dumps(main(json.load(sys.stdin))))
