"""What words say about time: from the words of a text to periods of the calendar."""
