"""Saved searches, and what has become of their answers since it was last told.

A saved search is a question with a name (`saved_searches`), kept in a file (`saved_file`). What of its answer
was delivered is noted by paragraph in a ledger (`ledger`); `news` sets the answer of today against it
(`arrivals`): what is new, what says other words, what is withdrawn. `delivery` writes that into feeds and
digests, sends it to other programs, and then writes the ledger: nothing is lost, and a feed shows each piece
of news once.
"""

from onrecord.search.alerts.arrivals import news
from onrecord.search.alerts.ledger import Ledger
from onrecord.search.alerts.news import Changed, News, Withdrawn
from onrecord.search.alerts.saved_file import SavedSearches
from onrecord.search.alerts.saved_searches import Saved

__all__ = ["Changed", "Ledger", "News", "Saved", "SavedSearches", "Withdrawn", "news"]
