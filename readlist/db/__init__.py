"""The library on disk. Only this folder knows SQL; it returns domain objects, never rows."""
