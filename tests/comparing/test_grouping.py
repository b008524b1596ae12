"""Links to groups: half of the pairs must hold, and no order but that of the scores counts."""

from hypothesis import given
from hypothesis import strategies as st

from unspin.comparing import grouping

LINKS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0, 1),
    max_size=30,
)


def test_one_odd_link_joins_no_two_groups() -> None:
    links = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.6}
    assert grouping.groups(links, range(4)) == [(0, 1), (2, 3)]


def test_pieces_of_one_document_meet_at_a_whole_elsewhere() -> None:
    links = {(0, 1): 0.9, (0, 2): 0.8, (0, 3): 0.7}
    assert grouping.groups(links, [0, 1, 1, 1]) == [(0, 1, 2, 3)]


def test_what_shares_the_rarest_keys_is_weighed() -> None:
    keys = [{"dam", "gun"}, {"dam"}, {"gun"}, {"sea"}]
    assert set(grouping.sharing(keys)) == {(0, 1), (0, 2)}


@given(LINKS)
def test_groups_part_what_they_hold_and_do_not_depend_on_the_order(
    links: dict[tuple[int, int], float],
) -> None:
    found = grouping.groups(links, range(12))
    members = [at for group in found for at in group]
    assert len(members) == len(set(members))
    assert set(members) == {at for pair in links for at in pair}
    assert found == grouping.groups(dict(reversed(links.items())), range(12))
