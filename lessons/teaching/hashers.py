"""How what a pupil shows is kept. It is no password of an account: see docs/decisions.md."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.utils.crypto import salted_hmac

ALGORITHM = "pbkdf2_pupil"


class PupilSecretHasher(PBKDF2PasswordHasher):
    """Quick, and peppered with the installation's own key.

    Three pictures make 1,320 secrets: whoever holds the database tries them all, however slow each try is. Without the
    key, which the database does not hold, a try cannot even be made.
    """

    algorithm = ALGORITHM
    iterations = 1_000

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        peppered = salted_hmac("lessons.teaching.hashers", password, algorithm="sha256").hexdigest()
        return super().encode(peppered, salt, iterations)
