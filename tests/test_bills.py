"""What looks like a bill, change or an implied rate and is none: nothing of it may be called wrong."""

from __future__ import annotations

import pytest
from marked import marked

from nkauto.read.passage.passage import passage
from nkauto.read.search import bills, crossed, outdone, periods


@pytest.mark.parametrize(
    "source",
    [
        # another thing is paid for
        "He bought {5 kilos=5 kg} at {4,000 won a kilo=4000 KPW/kg} and paid {35,000 won=35000 KPW} for a radio.",
        # what else was sold is not told
        "She sold {10 kilos=10 kg} at {2,000 won a kilo=2000 KPW/kg} and with the rest took {45,000 won=45000 KPW}.",
        # a change that nobody gives back
        "With a change of policy the bun went from {3,000 won=3000 KPW} to {5,000 won=5000 KPW}.",
        # dearer than a thing, not than a pay
        "A clerk has {9,000 won=9000 KPW/month} a month. Soup at {5,000 won=5000 KPW} costs more than tea.",
        # twice the pay, not the pay
        "A sack costs {12,000 won=12000 KPW}, more than {twice=>2 x} the monthly wage of {5,000 won=5000 KPW/month}.",
    ],
)
def test_what_is_no_bill_and_no_change_is_not_called_wrong(source: str) -> None:
    told = passage(*marked(source))
    searches = (bills, crossed, outdone, periods)
    assert [each.candidate.spans for module in searches for each in module.find(told) if not each.fits] == []
