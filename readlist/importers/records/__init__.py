"""Records of bibliographies: how programs name, write and divide the fields of a paper."""
