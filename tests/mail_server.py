"""A mail server that can be told whom to refuse."""

from django.core.mail.backends.locmem import EmailBackend


class FailingMailServer(EmailBackend):
    """Refuses those whom `to` names by their addresses, by raising `error`."""

    to: frozenset[str] = frozenset()
    error: BaseException = OSError("The mail server is away.")

    def send_messages(self, messages):
        if messages[0].to[0] in self.to:
            raise self.error
        return super().send_messages(messages)
