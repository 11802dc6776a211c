"""One build from beginning to end; `session` reads as its phases."""
