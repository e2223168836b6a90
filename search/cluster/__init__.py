"""An index of a cluster, asked as one on this machine is: the same questions, the same answers."""
