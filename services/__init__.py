"""The Nameko services of the platform, and the kernel they share."""
