"""How a release is made: every artefact from one commit, the same bytes each time."""
