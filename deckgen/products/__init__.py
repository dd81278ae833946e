"""What can be made of a proof: one file each."""
