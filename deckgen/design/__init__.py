"""Templates and fonts → how everything looks."""
