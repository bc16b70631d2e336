import pytest

from service.settings import Settings


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_on_loopback_no_key_is_required(host: str) -> None:
    assert not Settings(host=host).needs_key


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "concord.example"])  # noqa: S104
def test_on_other_addresses_a_key_is_required_unless_the_service_is_open(host: str) -> None:
    assert Settings(host=host).needs_key
    assert not Settings(host=host, open=True).needs_key


def test_a_setting_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCORD_MAX_QUEUED_JOBS", "7")
    assert Settings().max_queued_jobs == 7


def test_an_unknown_setting_is_refused() -> None:
    with pytest.raises(ValueError, match="extra"):
        Settings.model_validate({"wokers": 2})
