# Pages of their own below /guidance/, where a guide could never be reached.
RESERVED_FOR_GUIDES = frozenset({"for-staff", "topics", "feed", "subscribe", "leave", "left", "leaving"})
