"""A to-do list with nothing but sqlite3 and print: python raw_todo.py LIBRARY [LIMIT]."""

import sys

from queue_query import lines

limit = int(sys.argv[2]) if len(sys.argv) > 2 else 20
for line in lines(sys.argv[1], limit):
    print("\t".join(line))
