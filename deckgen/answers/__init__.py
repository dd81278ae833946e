"""What people typed into workbooks."""
