"""Tests of refactorings."""
