"""What the Python host of the guest promises."""
