"""Documents of other programs: RTF, OpenDocument, EPUB, e-mail, subtitles, old Word documents."""
