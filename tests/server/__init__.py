"""What the fronts share: settings, kilns, planning and showing runs."""
