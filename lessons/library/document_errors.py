class DocumentRefused(Exception):
    """A document that is not taken, or not deleted; nothing has changed. Its text is a sentence for the person."""
