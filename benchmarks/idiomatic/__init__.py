"""The same pack as a script of the field would make it: click, YAML, platypus, acroForm, pypdf.

The same words, sizes, fonts, pictures and fields. No tags, no checks, no editions, no safe writing:
scripts have none.
"""
