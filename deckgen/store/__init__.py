"""What lies in the output folder: the files as a set, the record of what was built."""
