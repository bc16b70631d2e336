import pytest

from service.cli.show.names import single_line


@pytest.mark.parametrize(
    "text, shown",
    [
        ("\u202eevil\u202c name", "evil name"),
        ("a\u2066b\u2069", "ab"),
        ("a\x1b[2Jb\nc", "a [2Jb c"),
        ("Côte d’Ivoire – 北", "Côte d’Ivoire – 北"),
    ],
)
def test_a_title_keeps_its_letters_and_loses_what_controls_the_terminal(text: str, shown: str) -> None:
    assert single_line(text) == shown
