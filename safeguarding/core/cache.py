"""A cache that may be away: a page is slower then, never broken."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; what fails because Redis is away, full or read-only counts as not found or not kept."""

    def _forgive(self, operation: str, default: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), operation)(*args, **kwargs)
        except RedisError as error:
            logger.warning("The cache does not answer (%s: %s).", operation, type(error).__name__)
            return default

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._forgive("get", default, key, default, version)

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._forgive("set", None, key, value, *args, **kwargs)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        return self._forgive("add", False, key, value, *args, **kwargs)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._forgive("delete", False, key, version)

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        return self._forgive("incr", delta, key, delta, version)

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        return self._forgive("get_many", {}, keys, version)

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return self._forgive("touch", False, key, *args, **kwargs)
