"""Views: values in, text a person reads out; nothing here fetches, stores or asks for the time."""
