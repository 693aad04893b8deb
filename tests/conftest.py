"""What every test takes for granted: a busy machine is no failure."""

from hypothesis import HealthCheck, Phase, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# For .ci/run: the same cases each time, so that what a change breaks is the change's doing. Whoever
# runs the tests by hand draws new ones and may find what no change has brought.
settings.register_profile("settled", settings.get_profile("patient"), derandomize=True)
# For counting branches: none is taken by luck, for nothing is drawn.
settings.register_profile("undrawn", settings.get_profile("patient"), phases=[Phase.explicit])
settings.load_profile("patient")
