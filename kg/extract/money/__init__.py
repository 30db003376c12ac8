"""What an amount is paid for."""
