"""What a reading list is, apart from any file, network, clock or screen: pure functions and frozen values."""
