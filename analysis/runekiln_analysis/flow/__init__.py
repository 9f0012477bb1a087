"""What type each expression of an item has, at the place where it stands."""
