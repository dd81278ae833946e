"""Papers that go with a deck: guide, ticket, slip."""
