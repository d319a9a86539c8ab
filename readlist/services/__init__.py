"""One use case a file. A service works out what a command asks for and returns a frozen result; it prints nothing."""
