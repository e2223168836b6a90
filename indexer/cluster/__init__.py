"""An index kept by a cluster of OpenSearch: its addresses, its documents, and how they come there."""
