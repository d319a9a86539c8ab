"""Pages cut into headings, items, rows and paragraphs with their line numbers: Markdown, HTML, flat text and kin."""
