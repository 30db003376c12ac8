"""What is known of projects beside their rules: who has a hand in them, where they stand, which of two tellings stays."""
