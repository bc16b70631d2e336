from models.suggestions import did_you_mean, nearest


def test_the_nearest_name_comes_first() -> None:
    assert nearest("aliance", ["coalition", "alliance", "ad_hoc"]) == ["alliance"]
    assert did_you_mean("Members", ["members", "partners"]) == "members"


def test_no_name_is_suggested_for_a_dissimilar_word() -> None:
    assert did_you_mean("atlantis", ["iraq", "libya"]) is None
    assert did_you_mean(3, ["iraq"]) is None
    assert did_you_mean("x" * 1_000_000, ["x" * 99]) is None
