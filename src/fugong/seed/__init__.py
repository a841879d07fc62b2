"""The seed: a YAML file that describes a campaign, checked row by row and merged into the store."""
