"""Every code that a problem can have: what it is about, and how severe it is unless somebody says otherwise."""
