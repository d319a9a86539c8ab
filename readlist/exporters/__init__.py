"""One file per output: domain objects in, text out. An exporter opens no file of the user's and asks no clock."""
