"""One module for each format; `contents` says what goes into all of them, `files` writes archives that are the same each time."""
