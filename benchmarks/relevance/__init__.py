"""How well the engines rank: judged collections, their runs, the measures, and the test of differences."""
