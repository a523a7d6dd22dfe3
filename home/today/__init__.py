"""What each role sees on opening the house: what needs them, and the numbers that matter."""
