"""How the platform is brought to life: on one machine (``local``), with demonstration data (``demo``), in clusters."""
