"""HTTP only: what the rooms below do, asked for over the network."""
