"""From a project to its finished files: laid out, drawn, checked, and only what changed."""
