"""Training: the models that ship with unspin, made from labelled data by one command."""
