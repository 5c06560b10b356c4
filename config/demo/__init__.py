"""The demonstration: the platform's main job, done through its public doors."""
