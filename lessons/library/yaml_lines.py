"""YAML that remembers its lines, so that an error can name the place."""

from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.composer import Composer


class StarterError(Exception):
    """A file that cannot be read: `path`, `line` (from 1) and what is wrong, in one sentence."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path.name}, line {line}: {reason}")


class QuickLoader(Composer, yaml.CSafeLoader):
    """libyaml takes the text apart, in a tenth of the time; Python puts it together, so that it can be changed."""

    def __init__(self, stream: str) -> None:
        yaml.CSafeLoader.__init__(self, stream)
        Composer.__init__(self)


class Mapping(dict[str, Any]):
    """A YAML mapping that knows its file and line, and takes each key out once."""

    path: Path
    line: int

    def fail(self, reason: str) -> NoReturn:
        raise StarterError(self.path, self.line, reason)

    def text(self, key: str, *, default: str | None = None) -> str:
        value = self.pop(key, default)
        if value is None:
            self.fail(f"“{key}” is missing.")
        if isinstance(value, (list, dict)):
            self.fail(f"“{key}” must be a text.")
        return str(value).strip()

    def number(self, key: str, *, default: int | None = None) -> int:
        value = self.pop(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(f"“{key}” must be a whole number.")
        return value

    def items_of(self, key: str) -> list["Mapping"]:
        value = self.pop(key, None) or []
        if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
            self.fail(f"“{key}” must be a list of entries with names and values.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.pop(key, None) or []
        if not isinstance(value, list) or any(isinstance(item, (list, dict)) for item in value):
            self.fail(f"“{key}” must be a list of texts.")
        return tuple(str(item) for item in value)

    def done(self) -> None:
        """Raises StarterError when a key is left that nobody asked for: a misspelt key must not pass by."""
        if self:
            self.fail(f"“{next(iter(self))}” is not a name that belongs here.")


def load_yaml(text: str, path: Path, first_line: int = 1) -> Any:
    """Raises StarterError where it is not YAML. Strings, numbers and dates as in YAML; mappings become `Mapping`."""

    class Loader(QuickLoader):
        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            # A few aliases of aliases are enough to fill the memory.
            if self.check_event(yaml.AliasEvent):
                event: Any = self.peek_event()
                raise yaml.MarkedYAMLError(problem="aliases (*) are not taken", problem_mark=event.start_mark)
            return super().compose_node(parent, index)

    def construct(loader: Loader, node: yaml.MappingNode) -> Mapping:
        mapping = Mapping({str(key): value for key, value in loader.construct_mapping(node, deep=True).items()})
        mapping.path, mapping.line = path, node.start_mark.line + first_line
        return mapping

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, construct)
    try:
        return yaml.load(text, Loader)  # noqa: S506  # safe, with a constructor of our own for mappings
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = (mark.line if mark else 0) + first_line
        raise StarterError(path, line, f"this is not YAML: {getattr(error, 'problem', error)}.") from error
    except (ValueError, RecursionError) as error:  # a date that there is not, a number or a nesting without end
        raise StarterError(path, first_line, f"a value cannot be read: {error}.") from error
