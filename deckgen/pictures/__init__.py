"""Picture files: found, looked at before anything is unpacked, cropped, and turned into dots."""
