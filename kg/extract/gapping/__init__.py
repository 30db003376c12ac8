"""What goes on without its verb."""
