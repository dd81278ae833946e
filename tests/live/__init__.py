"""The live preview: its server over sockets, and its page in a real browser."""
