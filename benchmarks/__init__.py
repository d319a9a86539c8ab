"""`make bench`: what the commands cost, measured side by side with floors and with other programs."""
