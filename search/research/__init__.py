"""What people who study or quote statements ask beyond a search: was this said, and how is it cited."""
