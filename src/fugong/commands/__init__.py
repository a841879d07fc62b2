"""One module per group of verbs: the command line in, one call, output out."""
