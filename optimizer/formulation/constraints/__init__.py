"""The constraint families of the model, one file each."""
