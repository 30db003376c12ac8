"""Tables and list items: rules that read rows, cells and notes instead of sentences."""
