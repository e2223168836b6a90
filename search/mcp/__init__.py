"""Tools with which language models ask an index, each quotation with its address and each total exact.

`tools` are functions of an index and of arguments that were read (`arguments`); what they give is laid out as
data and as text (`answer`, `passages`, `fence`) and stays below a size. `desk` follows the index and turns
errors into sentences. `server` alone knows the protocol.
"""
