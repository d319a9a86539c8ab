"""What stands in one line: marks, titles, people, venues, identifiers, counts, days."""
