"""The engine of an index in a cluster of OpenSearch: the same questions, put to its nodes."""
